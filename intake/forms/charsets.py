"""Reads a form in the encoding that a program names; a browser sends UTF-8. For posted.py."""

import codecs

from intake import typed_text

# What may be meant, by how Python names it. The others pack, or are read without a name by typed_text.
KNOWN = ("utf-16", "utf-32", "cp", "iso8859", "iso2022", "koi8", "mac", "gb", "big5", "shift_jis", "euc")
READ_WITHOUT = ("iso8859-1", "cp1252")
ODD = (b"\0", b"\x1b")  # signs that no text in UTF-8 has, and that every text in some encodings has


def named(request):
    """Return the encoding that `request` names if it may be another than UTF-8; else nothing."""
    try:
        name = codecs.lookup(request.content_params.get("charset", "")).name
    except (LookupError, ValueError):
        return ""
    return name if name.startswith(KNOWN) and name not in READ_WITHOUT else ""


def decoded(raw, charset):
    """Return the text of bytes: in `charset` only if they are in it and cannot be UTF-8."""
    if charset and not _is_utf_8(raw):
        try:
            return raw.decode(charset)
        except UnicodeError:
            pass  # as those that name none
    return typed_text.decoded(raw)


def _is_utf_8(raw):
    try:
        raw.decode()
    except UnicodeError:
        return False
    return not any(sign in raw for sign in ODD)


def in_utf_8(body, charset):
    """Return a form that is in `charset` as a whole in UTF-8; most name it for what is packed into %XX."""
    return body.decode(charset).encode() if charset and b"\0" in body else body
