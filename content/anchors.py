"""The names of the headings of a page, to link to. Used by renderer.py and by the checks of links."""

from django.utils.text import slugify

TAKEN = frozenset({"main", "message", "message-title", "sources"})  # by the templates around the blocks
LONGEST = 60  # letters


def headings(block):
    """Return the words of the snapshot `block` that become anchors, in the order of the page."""
    names = ("group", "heading", "question")
    return {name: block[name] for name in names if block.get(name)}


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
