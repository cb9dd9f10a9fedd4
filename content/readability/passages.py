"""Takes the paragraphs and sentences out of HTML that are measured. It knows no models."""

import re
from html.parser import HTMLParser

from content.readability.visible_text import as_read

BLOCK_TAGS = {"p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "figcaption", "legend", "label", "div"}
SKIPPED_TAGS = {"sup", "table", "svg", "style", "script", "nav", "form", "template"}


class _Chunks(HTMLParser):
    """Collects the visible text of each block element as one string; `prose` are those of paragraphs."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.chunks, self.prose, self._parts, self._skipping = [], [], [], 0
        self._in_list = 0

    def handle_starttag(self, tag, attrs):
        if (
            tag in SKIPPED_TAGS
            or dict(attrs).get("data-unmeasured") is not None
            or (self._skipping and tag not in ("br", "img", "hr", "input", "path", "circle"))
        ):
            self._skipping += 1
        if tag in BLOCK_TAGS or tag == "br":
            self._flush()
        self._in_list += tag == "li"

    def handle_endtag(self, tag):
        if self._skipping:
            self._skipping -= 1
        if tag in BLOCK_TAGS:
            self._flush(is_prose=tag == "p" and not self._in_list)
        self._in_list -= tag == "li"

    def handle_data(self, data):
        if not self._skipping:
            self._parts.append(data)

    def _flush(self, *, is_prose=False):
        text = " ".join(as_read("".join(self._parts)).split())
        if text:
            self.chunks.append(text)
        if text and is_prose:
            self.prose.append(text)
        self._parts = []

    def close(self):
        super().close()
        self._flush()


def paragraphs(html):
    """Return the visible text of each heading, paragraph and list item of `html`."""
    return without_citations(parse(html).chunks)


def prose(html):
    """Return the visible text of each paragraph of `html` that is no list item."""
    return without_citations(parse(html).prose)


def parse(html):
    parser = _Chunks()
    parser.feed(html)
    parser.close()
    return parser


def without_citations(chunks):
    return [re.sub(r"\s*\[[a-z0-9-]+\]", "", chunk) for chunk in chunks]


def sentences(paragraph):
    """Split one paragraph into sentences; a colon that opens a list does not end one."""
    parts = re.split(
        r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(A-Z0-9])", paragraph.replace("a.m.", "am").replace("p.m.", "pm")
    )
    return [part for part in parts if re.search(r"\w", part)]
