"""Where live pages link to: page, block and words of each link, and which of them are dead."""

from dataclasses import dataclass

from content.caching import site_facts
from content.caching.memory import remembered
from content.models import Card, OutsideLink, Page, Version, place_of
from content.page_checks import Draft, Surroundings, links
from content.rendering import usage

KEY, OWN_KEY = "outside links", "dead links of our own"
OUTSIDE = ("https://", "http://")


@dataclass(frozen=True)
class Place:
    """A link on a live page."""

    page: Page
    where: str
    words: str
    href: str


@dataclass(frozen=True)
class DeadLink:
    """A link that leads nowhere; `is_sure` is False where the other site refuses to tell programs."""

    place: Place
    answer: str
    asked_at: object = None
    is_sure: bool = True


def dead_links():
    """Return the `DeadLink`s of all live pages, our own first. Constant queries."""
    own = remembered(OWN_KEY, _own_dead_links)
    bad = {link.url: link for link in OutsideLink.objects.exclude(state=OutsideLink.State.WORKS)}
    outside = (
        [_dead(place, bad[place.href]) for place in outside_places() if place.href in bad] if bad else []
    )
    return [*own, *sorted(outside, key=lambda link: not link.is_sure)]


def _own_dead_links():
    around = Surroundings.read()
    return [DeadLink(*found) for version in _live() for found in _own(version, around)]


def _dead(place, link):
    return DeadLink(place, link.answer, link.asked_at, is_sure=link.state == OutsideLink.State.DEAD)


def _own(version, around):
    """Yield (place, answer) of each link to this site that the link checks object to on the live page."""
    draft = Draft(version.snapshot, around)
    for found in links.check(draft):
        if found.rule == "link-target" and not found.text.startswith(OUTSIDE):
            yield Place(version.page, _where(version, found.block), found.text, found.text), found.message


def links_to(path):
    """Return the live pages, without the one at `path`, with a link to the page at `path`."""
    found = [(version.page, each.href) for version in _live() for each in _links(version.snapshot)]
    pages = [page for page, href in found if href.partition("#")[0].partition("?")[0] == path]
    return [page for page in dict.fromkeys(pages) if page.path != path]


def outside_places():
    """Return every `Place` of a link to another site, from memory until something public changes."""
    return remembered(KEY, _outside_places)


def _outside_places():
    found, known = [], site_facts.current()
    for version in _live():
        found += [
            Place(version.page, _where(version, each.block), each.text, each.href)
            for each in _links(version.snapshot)
            if each.href.startswith(OUTSIDE)
        ]
        found += _facts(version, known)
    return found


def _facts(version, known):
    """Return the places of the sources and helplines that the page names."""
    codes, lines = usage.named(version.snapshot)
    sources = [known.sources[code] for code in sorted(codes) if code in known.sources]
    shown = [known.helplines[code] for code in sorted(lines) if code in known.helplines]
    return [
        *(Place(version.page, f"source [{each.slug}]", each.title, each.url) for each in sources if each.url),
        *(Place(version.page, "helpline", each.name, each.web_url) for each in shown if each.web_url),
    ]


@dataclass(frozen=True)
class _Link:
    block: int | None
    text: str
    href: str


def _links(snapshot):
    """Yield the links of texts and cards with the place of their block."""
    draft = Draft(snapshot, None)
    for words in draft.words:
        yield from (_Link(words.block, link.text, link.href) for link in words.links)
    for place, block in draft.blocks:
        if block["kind"] == Card.kind:
            yield _Link(place, block.get("link_label") or "", block.get("link") or "")


def _where(version, block):
    return "the page" if block is None else place_of(block, version.snapshot)


def _live():
    return Version.objects.current().select_related("page").order_by("page__position", "page__path")
