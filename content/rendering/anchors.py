"""The anchors of a page's headings, to link to. Used by page.py and by the link checks."""

import re

from django.utils.text import slugify

from content.models import BLOCKS_BY_KIND
from content.rendering.tokens import CITATION

TAKEN = frozenset({"main", "sources"})  # by the templates around the blocks, and worth a link
# What the ids of all templates are or begin with: no heading can take one of them.
OF_TEMPLATES = re.compile(
    r"(?:main|message|sources|next|wait|meanwhile|words|screen)|(?:id|message|source|cite|curve|word|error)[-_].*"
)
MAX_LETTERS = 24  # whole words only; a long page prints each anchor twice, and bytes count


class Anchors:
    """The names on one page, each there once: equal headings get -2, -3."""

    def __init__(self):
        self.names = set(TAKEN)

    def add(self, heading):
        """Return the name of the next `heading`."""
        base = _short(slugify(CITATION.sub("", heading))) or "section"
        anchor = base = f"section-{base}" if OF_TEMPLATES.fullmatch(base) else base
        number = 2
        while anchor in self.names:
            anchor, number = f"{base}-{number}", number + 1
        self.names.add(anchor)
        return anchor


def _short(slug):
    """Return the first words of `slug`, or the start of its first if that is too long."""
    if len(slug) <= MAX_LETTERS:
        return slug
    return slug[: MAX_LETTERS + 1].rpartition("-")[0] or slug[:MAX_LETTERS]


def of_blocks(blocks):
    """Return what each block of a snapshot is linked to by, as {field: anchor}, and all names of the page.

    Only headings that their template prints are in it: see `Block.anchor_field`. The name of a group of
    questions is printed above the first of them.
    """
    anchors, found, group = Anchors(), [], ""
    for block in blocks:
        model = BLOCKS_BY_KIND.get(block["kind"])
        names = ("group", model.anchor_field) if model else ()
        own = {name: block[name] for name in names if block.get(name)}
        if own.get("group") == group:
            own.pop("group", None)
        group = block.get("group") or ""
        found.append({name: anchors.add(words) for name, words in own.items()})
    return found, anchors.names
