"""Finds words in drafts and replaces them there; nothing live changes. Called by screens/find.py.

Words are found as a reader sees them: across bold and italic, never inside a tag, an address or a code. A
page that changes gets one new Version, which the gate of publishing judges like any other.
"""

import re
from dataclasses import dataclass
from html import escape, unescape

from django.core.exceptions import ValidationError
from django.db import transaction

from content.models import BLOCKS_BY_KIND, Page, Version
from content.publishing import locks
from content.publishing.same_text import RICH_FIELDS
from content.publishing.snapshot import write_draft
from content.publishing.versions import record, restore
from content.readability.visible_text import without_marks

PIECE = re.compile(r"(<[^>]*>)|(&#?\w+;|.)", re.DOTALL)
BREAKING_TAG = re.compile(r"</?(?:p|ul|ol|li|h3|br)\b")
CODE = re.compile(r"\[[a-z0-9-]+\]|\{[a-z0-9:-]+\}")
APOSTROPHES = "'’‘ʼ"
APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
LINE_ENDS = ("\0", "\n")
LONG_NOTE = "Words replaced"
NOTE = f"^(“.*” (replaced by “.*”|deleted)|{LONG_NOTE})$"  # of a Version that a replacement made
AROUND = 60  # characters shown before and after a hit


@dataclass(frozen=True)
class Search:
    """What somebody looks for."""

    words: str
    is_exact: bool = False  # capital and small letters differ
    is_whole: bool = True  # “use” is not in “used”

    @property
    def pattern(self):
        text = r"[^\S\n]+".join(map(re.escape, without_marks(self.words).split()))
        text = APOSTROPHE.sub(f"[{APOSTROPHES}]", text)  # keyboards have one kind, pages the other
        if self.is_whole:
            text = rf"(?<!\w){text}(?!\w)"
        return re.compile(text, 0 if self.is_exact else re.IGNORECASE)


@dataclass(frozen=True)
class Hit:
    """One place of the words: the block (None for the page itself), its field, and what stands around."""

    block: int | None
    field: str
    before: str
    found: str
    after: str
    replaced: str = ""


def hits(snapshot, search, replacement=""):
    """Return every `Hit` in the words of `snapshot`, in the order of the page."""
    return [
        hit
        for place, field, text in _texts(snapshot)
        for hit in _hits(place, field, text, search, replacement)
    ]


def changed(snapshot, search, replacement):
    """Return `snapshot` with the words replaced."""
    page, blocks = dict(snapshot["page"]), [dict(block) for block in snapshot["blocks"]]
    for place, field, text in _texts(snapshot):
        part = page if place is None else blocks[place]
        part[field] = text.replaced(search.pattern, replacement)
    return {"page": page, "blocks": blocks}


@transaction.atomic
def replace(version, search, replacement, *, author=None):
    """Record the draft that `version` is with the words replaced, and return that Version.

    Raises `ValidationError` if somebody saved another one meanwhile, or if the words do not fit a field.
    """
    page = Page.objects.select_for_update().get(pk=version.page_id)
    if record(page, author=author) != version:
        raise ValidationError("Somebody has saved it in the meantime. Search again.")
    locks.refuse(page, author)  # before its name may change
    write_draft(page, changed(version.snapshot, search, replacement))
    note = f"“{search.words}” " + (f"replaced by “{replacement}”" if replacement else "deleted")
    return record(page, author=author, note=note if len(note) <= 200 else LONG_NOTE)


def last_of(versions, author):
    """Return those of `versions`, the newest of their pages, that the last replacement of `author` made."""
    own = versions.filter(author=author, live_from=None, note__regex=NOTE)
    last = own.order_by("-created_at").first()
    return own.filter(note=last.note) if last else own.none()


@transaction.atomic
def discard(version, *, author=None):
    """Make the draft again what it was before `version` was recorded; what was saved since then stays."""
    page = Page.objects.select_for_update().get(pk=version.page_id)
    newest = Version.objects.filter(page=page).order_by("-number")[:2]
    if record(page, author=author) != version or len(newest) < 2 or version.live_from:
        raise ValidationError("It was saved or published since then, so it stays as it is.")
    return restore(newest[1], author=author)


def _texts(snapshot):
    """Yield (place of the block, field, text) of everything that readers see."""
    for name in ("heading", "title", "short_name", "lede", "description"):
        yield None, name, _Text(snapshot["page"].get(name) or "", is_rich=False)
    for place, block in enumerate(snapshot["blocks"]):
        model = BLOCKS_BY_KIND.get(block["kind"])
        for name in model.word_fields if model else ():
            yield place, name, _Text(block.get(name) or "", is_rich=(block["kind"], name) in RICH_FIELDS)


class _Text:
    """The text of one field: what a reader sees, and which piece of the source each letter of it is."""

    def __init__(self, source, *, is_rich):
        self.is_rich = is_rich
        found = PIECE.findall(source) if is_rich else [("", letter) for letter in source]
        self.pieces = [tag or letter for tag, letter in found]
        seen = [_seen(tag, letter, is_rich) for tag, letter in found]
        self.places = [place for place, each in enumerate(seen) if each]
        self.visible = "".join(filter(None, seen))

    def matches(self, pattern):
        """Yield each match that leaves codes alone: [cdc-naloxone] is found as a whole or not at all."""
        codes = [code.span() for code in CODE.finditer(self.visible)]
        for match in pattern.finditer(self.visible):
            start, end = match.span()
            if all(end <= a or b <= start or (start <= a and b <= end) for a, b in codes):
                yield match

    def replaced(self, pattern, replacement):
        """Return the source with each match replaced; tags inside a match stay."""
        pieces = list(self.pieces)
        for match in self.matches(pattern):
            first, *rest = self.places[slice(*(match.span() if replacement else self._with_space(match)))]
            new = as_written(match.group(), replacement)
            pieces[first] = escape(new, quote=False) if self.is_rich else new
            for place in rest:
                pieces[place] = ""
        return "".join(pieces)

    def _with_space(self, match):
        """Return the span of words to delete, with a space that would stand there twice or before a stop."""
        start, end = match.span()
        before, after = self.visible[start - 1 : start], self.visible[end : end + 1]
        if after == " " and before in ("", *LINE_ENDS, " "):
            return start, end + 1
        return (start - 1, end) if before == " " and after in ("", *LINE_ENDS, *".,;:!?)") else (start, end)


def _seen(tag, letter, is_rich):
    """Return the one sign that a reader sees of a piece: a line end for what starts a new line."""
    if tag:
        return "\0" if BREAKING_TAG.match(tag) else ""
    return unescape(letter.replace("\n", " "))[:1] if is_rich else letter


def _hits(place, field, text, search, replacement):
    for match in text.matches(search.pattern):
        before, after = text.visible[: match.start()][-AROUND:], text.visible[match.end() :][:AROUND]
        found = match.group()
        yield Hit(place, field, _line(before), found, _line(after), as_written(found, replacement))


def _line(text):
    return text.replace("\0", " ").replace("\n", " ")


def as_written(found, replacement):
    """Return `replacement` with a capital letter if `found` has one, as at the start of a sentence."""
    if found[:1].isupper() and found[1:].islower() and replacement[:1].islower():
        return replacement[:1].upper() + replacement[1:]
    return replacement
