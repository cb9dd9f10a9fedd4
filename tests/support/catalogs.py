"""Reads and writes catalogs of translations without GNU gettext, for the tests of languages."""

import ast
import re
import struct

ENTRY = re.compile(
    r'(?P<flags>(?:^#,.*\n)*)(?:^msgctxt (?P<context>".*"\n))?^msgid (?P<id>(?:".*"\n)+)'
    r'(?:^msgid_plural (?P<plural>(?:".*"\n)+))?(?P<strings>(?:^msgstr(?:\[\d\])? (?:".*"\n)+)+)',
    re.MULTILINE,
)


def entries(path):
    """Return {key: [texts]} of a .po file and the keys marked as fuzzy; a key is context, \\x04, text."""
    found, fuzzy = {}, set()
    for match in ENTRY.finditer(path.read_text(encoding="utf-8") + "\n"):
        context = _text(match["context"] or "")
        key = f"{context}\x04{_text(match['id'])}" if context else _text(match["id"])
        found[key] = [
            _text(part) for part in re.split(r"^msgstr(?:\[\d\])?", match["strings"], flags=re.M)[1:]
        ]
        if "fuzzy" in match["flags"]:
            fuzzy.add(key)
    return found, fuzzy


def _text(quoted):
    return "".join(ast.literal_eval(part) for part in re.findall(r'"(?:[^"\\]|\\.)*"', quoted))


def write_compiled(path, texts):
    """Write the compiled catalog of `texts`, {text: translation}, at `path`."""
    rows = sorted((key.encode(), value.encode()) for key, value in texts.items())
    start, keys, values, body = 28 + 16 * len(rows), [], [], b""
    for table, column in ((keys, 0), (values, 1)):
        for row in rows:
            table += [len(row[column]), start + len(body)]
            body += row[column] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, 0)
    path.write_bytes(header + struct.pack(f"<{4 * len(rows)}I", *keys, *values) + body)
