"""A snapshot as the checks see it: its words, where they are, and what it may refer to."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from django.utils.html import escape

from content.caching import site_facts
from content.models import BLOCKS_BY_KIND, Page, Redirect, Version
from content.readability.visible_text import as_read
from content.rendering.anchors import of_blocks
from content.rendering.words import block_words

PAGE_TEXTS = ("heading", "title", "short_name", "lede", "description")
BEFORE_BLOCKS = -1


@dataclass(frozen=True)
class Finding:
    """One problem: `severity` "error" blocks publishing, "warn" suggests. `message` says what to do.

    `block` is the place of the block in the snapshot, None for the page itself; `field` is the field's name.
    """

    rule: str
    severity: str
    message: str
    text: str = ""
    block: int | None = None
    field: str = ""

    @property
    def place(self):
        return BEFORE_BLOCKS if self.block is None else self.block


@dataclass(frozen=True)
class Link:
    """A link in a text: what it says and where it leads."""

    text: str
    href: str


@dataclass(frozen=True)
class Words:
    """The text of one field as simple HTML, its tokens still in it."""

    field: str
    html: str
    block: int | None = None

    def finding(self, rule, severity, message, text=""):
        return Finding(rule, severity, message, text, self.block, self.field)

    @cached_property
    def parsed(self):
        return _parse(self.html)

    @property
    def visible(self):
        """The text without tags as a reader sees it, tokens included."""
        return as_read(self.parsed.text)

    @property
    def links(self):
        return self.parsed.links

    @property
    def headings(self):
        """Headings inside a rich text: (level, text)."""
        return self.parsed.headings


@dataclass(frozen=True)
class Surroundings:
    """What a page may refer to: sources, helplines, pages. Read once for any number of pages."""

    sources: dict = field(default_factory=dict)
    helplines: dict = field(default_factory=dict)
    paths: frozenset = frozenset()
    left_paths: frozenset = frozenset()  # addresses that pages had before; they redirect visitors
    live_anchors: dict = field(default_factory=dict)  # path of a live page -> anchors on it
    in_menu: frozenset = frozenset()  # paths of the live pages that the menu at the top shows

    @classmethod
    def read(cls):
        known = site_facts.current()
        was_live = Version.objects.exclude(live_from=None).order_by().values_list("path", flat=True)
        live = Version.objects.current().values_list("snapshot", flat=True)
        return cls(
            sources=known.sources,
            helplines=known.helplines,
            paths=frozenset(Page.objects.filter(trashed_at=None).values_list("path", flat=True)),
            left_paths=frozenset(Redirect.objects.order_by().values_list("path", flat=True).union(was_live)),
            in_menu=frozenset(topic.path for topic in known.topics if topic.in_menu),
            live_anchors={snapshot["page"]["path"]: anchors(snapshot) for snapshot in live},
        )


class Draft:
    """One snapshot with its surroundings."""

    def __init__(self, snapshot, surroundings, *, required_topics=()):
        self.page, self.around, self.required_topics = snapshot["page"], surroundings, required_topics
        self.blocks = [
            (place, block)
            for place, block in enumerate(snapshot["blocks"])
            if block["kind"] in BLOCKS_BY_KIND
        ]
        self.anchors = anchors(snapshot)

    @property
    def path(self):
        return self.page.get("path", "")

    @cached_property
    def page_words(self):
        return [Words(name, escape(self.page.get(name) or "")) for name in PAGE_TEXTS]

    @cached_property
    def words(self):
        """The words of every field of every block, in the order of the page."""
        return [Words(name, html, place) for place, block in self.blocks for name, html in block_words(block)]

    @cached_property
    def words_by_block(self):
        """(place, block, its words) in the order of the page."""
        grouped = {place: [] for place, _ in self.blocks}
        for words in self.words:
            grouped[words.block].append(words)
        return [(place, block, grouped[place]) for place, block in self.blocks]


def anchors(snapshot):
    """Return the anchors that the page of `snapshot` has."""
    _, names = of_blocks(snapshot["blocks"])
    return frozenset(names)


class _Parser(HTMLParser):
    """Collects text, links and headings of a sanitized fragment."""

    BREAKS = ("p", "li", "h3", "br", "ul", "ol")

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.links, self.headings, self._href, self._from, self._heading = [], [], [], None, 0, 0

    def handle_starttag(self, tag, attrs):
        if tag in self.BREAKS:
            self.parts.append("\n")
        if tag == "a":
            self._href, self._from = dict(attrs).get("href") or "", len(self.parts)
        if re.fullmatch("h[1-6]", tag):
            self._heading = len(self.parts)

    def handle_endtag(self, tag):
        if tag == "a" and self._href is not None:
            self.links.append(Link(as_read("".join(self.parts[self._from :])).strip(), self._href))
            self._href = None
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), "".join(self.parts[self._heading :]).strip()))
        if tag in self.BREAKS:
            self.parts.append("\n")

    def handle_data(self, data):
        self.parts.append(data)

    @property
    def text(self):
        return "".join(self.parts)


def _parse(html):
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser
