"""The names of the headings of a page, to link to. Used by page.py and by the checks of links."""

from django.utils.text import slugify

TAKEN = frozenset({"main", "message", "message-title", "sources"})  # by the templates around the blocks
LONGEST = 60  # letters


class Anchors:
    """The names on one page, each there once: equal headings get -2, -3."""

    def __init__(self):
        self.names = set(TAKEN)

    def add(self, heading):
        """Return the name of the next `heading`."""
        anchor = base = slugify(heading)[:LONGEST] or "section"
        number = 2
        while anchor in self.names:
            anchor, number = f"{base}-{number}", number + 1
        self.names.add(anchor)
        return anchor


def of_blocks(blocks):
    """Return what each block of a snapshot is linked to by, as {field: anchor}, and all names of the page.

    The name of a group of questions stands above the first of them alone.
    """
    anchors, found, group = Anchors(), [], ""
    for block in blocks:
        own = {name: block[name] for name in ("group", "heading", "question") if block.get(name)}
        if own.get("group") == group:
            own.pop("group", None)
        group = block.get("group") or ""
        found.append({name: anchors.add(words) for name, words in own.items()})
    return found, anchors.names
