"""Checks of links: they say where they lead, and lead to something that exists."""

import re

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

from content.models import languages
from content.models.web_addresses import leads_outside, link_problem
from content.page_checks.draft import Finding, Link

VAGUE = {
    "click here",
    "click",
    "here",
    "read more",
    "more",
    "learn more",
    "see more",
    "more info",
    "more information",
    "link",
    "this link",
    "this",
    "website",
    "go",
    "details",
    "find out more",
    "aquí",
    "haga clic aquí",
    "haga clic",
    "más",
    "leer más",
    "ver más",
    "más información",
    "enlace",
    "esto",
}
UNCLEAR = {
    "this page",
    "page",
    "our page",
    "this site",
    "this website",
    "esta página",
    "página",
    "este sitio",
}
BARE_ADDRESS = re.compile(r"\A(?:https?://|www\.)\S+\Z", re.IGNORECASE)
PAGES_VIEW = "content:page"


def check(draft):
    """Yield findings on every link in a text and on every card."""
    for words in draft.words:
        for link in words.links:
            yield from (words.finding(*found) for found in _link(link, draft))
    for place, block in draft.blocks:
        if block["kind"] == "card":
            link = Link(block.get("link_label") or "", block.get("link") or "")
            yield from (Finding(*found, block=place, field="link") for found in _link(link, draft))


def _link(link, draft):
    yield from _label(link)
    yield from _target(link, draft)


def _label(link):
    said = re.sub(r"[\s→»>.…]+\Z", "", link.text).strip().lower()
    if not said:
        yield "link-text", "error", "This link has no text. Say where it leads, or delete it.", link.href
    elif said in VAGUE:
        message = "Say where the link leads. People who hear only the links cannot tell."
        yield "link-text", "error", message, link.text
    elif said in UNCLEAR:
        yield (
            "link-text",
            "warn",
            "Say which page it is. People who hear only the links cannot tell.",
            link.text,
        )
    elif BARE_ADDRESS.match(said):
        yield "link-text", "warn", "Write where the link leads instead of its address.", link.text


def _target(link, draft):
    href = link.href.strip().removeprefix(settings.SITE_URL)
    path, _, anchor = href.partition("#")
    path = path.partition("?")[0]
    if leads_outside(href):
        yield from _outside(href)
    elif path and not path.startswith("/"):
        message = "Start a link to a page here with a slash, as in /withdrawal/, and one to another site with https://."
        yield "link-target", "error", message, href
    elif path in draft.around.left_paths - draft.around.paths:
        yield "link-target", "warn", "This page has moved. Link to its new address.", href
    elif path and path != draft.path and not _exists(path, draft.around):
        yield "link-target", "error", _missing(path, draft.around), href
    elif path and path != draft.path and path in draft.around.paths and path not in draft.around.live_anchors:
        yield "link-target", "warn", "This page is not live yet, so visitors would find nothing there.", href
    else:
        yield from _anchor(href, path, anchor, draft)


def _outside(href):
    if problem := link_problem(href):
        yield "link-target", "error", problem, href
    elif href.lower().startswith("http://"):
        message = "Use https:// if the other site has it. Others can read http on the way."
        yield "link-target", "warn", message, href


def _anchor(href, path, anchor, draft):
    on_it = draft.anchors if path in ("", draft.path) else draft.around.live_anchors.get(path)
    if not href:
        yield "link-target", "error", "This link has no address. Add one, or delete the link.", ""
    elif anchor and on_it is not None and anchor not in on_it:
        message = "That page has no heading with this name. Copy the link from the page."
        yield "link-target", "warn", message, href


def _exists(path, around):
    if path in around.paths:
        return True
    try:
        with translation.override(languages.of_path(path)):
            return resolve(path).view_name != PAGES_VIEW
    except Resolver404:
        return False


def _missing(path, around):
    if f"{path}/" in around.paths:
        return f"Write {path}/ with a slash at the end."
    return "No page here has this address. Correct the link, or create the page first."
