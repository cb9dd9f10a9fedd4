"""What visitors and people with a preview link get: pages, drafts and pictures."""

from django.db import Error as DatabaseFailure
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from content import images
from content.caching import navigation, site_facts
from content.caching.memory import remembered
from content.models import HelpfulCount, PreviewLink, Version, languages
from content.publishing import addresses, changed_facts, translations
from content.readability.visible_text import as_read
from content.rendering import brand_pictures, notice, site_words, structured_data
from content.rendering.page import RenderedPage
from content.rendering.whitespace import without_idle_space
from content.rendering.words import reading_minutes
from content.visitors import fallback_page
from content.visitors import helpful as counting
from content.visitors.search import find


@require_safe
def page(request, path=""):
    """Show the live Version of the page at `path`: constant queries, whatever its blocks and history."""
    try:
        version = _live_version(request.path)
        known = version and site_facts.current()
    except DatabaseFailure:
        if request.path not in fallback_page.PATHS:
            raise
        return never_kept(_built_in(request))
    if version is None and request.path in fallback_page.PATHS:
        return for_everyone(_built_in(request))
    if version is None:
        return _lead_on(request)
    return for_everyone(_shown(request, version, page_context(version, known=known)))


def _live_version(path):
    live = Version.objects.current().filter(path=path).select_related("page")
    return live.order_by("-live_from").first()


def _built_in(request):
    version = fallback_page.overdose_help(request.path)
    return _shown(request, version, page_context(version, known=fallback_page.known_facts()))


def _shown(request, version, context):
    html = render_to_string(f"content/{version.snapshot['page']['layout']}.html", context, request)
    return HttpResponse(without_idle_space(html))


def for_everyone(response):
    """Let browsers and proxies keep `response` for all.

    A browser asks each time whether its copy still holds, and mostly hears 304. A shared cache may answer for
    5 seconds without asking: that takes the load of any crowd off, and an urgent fix still shows in seconds.
    """
    response["Cache-Control"] = "public, max-age=0, s-maxage=5, must-revalidate"
    return response


def never_kept(response):
    response["Cache-Control"] = "no-store"
    return response


def _lead_on(request):
    """Lead from an address that a page has left to where it is now; browsers remember it for an hour only."""
    path = addresses.successor(request.path)
    if path is None:
        raise Http404("no live page at this address")
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _minutes(version):
    """Return how long reading takes: a fifth of the work on a page, and always the same for a Version."""
    key = "minutes", version.pk, version.created_at
    return remembered(key, lambda: reading_minutes(version.snapshot), may_ask=False)


def page_context(version, *, is_draft=False, known=None):
    """Return the template context of `version`, with `known` Facts or those of now."""
    known = known or site_facts.current()
    language = languages.of_path(version.snapshot["page"]["path"])
    facts_changed_at, is_unread = _changed_facts(version)
    dates = {
        "names_reviewer": bool(version.reviewer_id and not is_unread),
        "facts_changed_at": facts_changed_at,
        "changed_at": max(filter(None, (version.live_from, facts_changed_at)), default=None),
    }
    return {
        **site_facts.for_templates(known.helplines),
        "clinic": known.clinic,
        "site": site_words.said(known, language),
        "notice": notice.shown(known, language),
        "safety_moved": translations.safety_moved(version),
        "version": version,
        **dates,
        "minutes": _minutes(version),
        "is_draft": is_draft,
        "asks_if_helpful": known.asks_if_helpful and not is_draft,
        **_ways_on(version, known, language),
        **_rendered(version, known, language, dates),
    }


def _changed_facts(version):
    """Return when a shared fact on a signed page changed last since the sign-off (None where none did), and
    whether that brought sentences: the reviewer has not seen them, and the page may not say so.
    """
    if not version.reviewer_id:
        return None, False
    key = "facts changed", version.pk, version.reviewed_on, version.reviewed_version_id
    found = remembered(key, lambda: changed_facts.since_sign_off(version))
    return max((entry.at for entry in found), default=None), changed_facts.is_unread(version, found)


def _ways_on(version, known, language):
    """Return what leads from the page to others, of its language and of the others."""
    path = version.snapshot["page"]["path"]
    before, after = navigation.neighbors(path, known.topics)
    of_same_language = navigation.of_language(language, known.topics)
    return {
        "menu": [topic for topic in of_same_language if topic.in_menu],
        "other_languages": languages.switch(path, known.topics),
        "alternates": languages.alternates(path, known.topics),
        "previous_page": before,
        "next_page": after,
    }


def _rendered(version, known, language, dates):
    rendered = RenderedPage(
        version.snapshot,
        sources=known.sources,
        helplines=site_facts.in_language(known.helplines, language),
        glossary=[term for term in known.glossary if term.language == language],
    )
    shown = ("page", "blocks", "contents", "sources", "sources_read", "curve_on_top", "choices", "bands")
    data = structured_data.data_block(
        rendered.page,
        version,
        known,
        is_medical=rendered.page["is_medical"] and bool(rendered.sources),
        **dates,
    )
    return {name: getattr(rendered, name) for name in shown} | {"structured_data": data}


@csrf_exempt  # it changes nothing, and a token would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def search(request):
    """Show the field, or what the pages say about the words that were sent: in the body, so that no history,
    address or log holds them.

    The browser may keep the answer for a moment, so that Back from a hit shows it again and asks nothing.
    """
    if request.method != "POST":
        return for_everyone(render(request, "content/search.html"))
    words = _typed(request)
    found = find(words, languages.of_path(request.path)) if words.strip() else None
    response = render(request, "content/search.html", {"words": words, "found": found})
    response["Cache-Control"] = "private, max-age=300"
    return response


def _typed(request):
    """Return what is searched for, as a reader sees it; old programs send letters as Windows does."""
    words = request.POST.get("words", "")
    if "\ufffd" in words and request.content_type == "application/x-www-form-urlencoded":
        words = QueryDict(request.body, encoding="cp1252").get("words", "")
    return as_read(words)


@csrf_exempt  # it counts one answer, and a token would need a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def helpful(request, path):
    """Ask whether the live page at `path` helped; count what is sent, and thank for it."""
    version, known = _live_version(f"/{path}"), site_facts.current()
    if version is None or not known.asks_if_helpful:
        raise Http404("no such question")
    context = {"asked": version.snapshot["page"], "answers": HelpfulCount.Answer.choices}
    if request.method != "POST":
        return for_everyone(render(request, "content/helpful.html", context))
    answer = request.POST.get("answer")
    if answer not in HelpfulCount.Answer.values:
        answered = render(request, "content/helpful.html", context | {"is_wrong": True}, status=422)
        return never_kept(answered)
    counting.count(version.page, languages.of_path(request.path), answer, request)
    return never_kept(render(request, "content/helpful.html", context | {"is_thanked": True}))


@require_safe
def preview(request, token):
    """Show the Version of a preview link while the link is open; say so when it has ended."""
    links = PreviewLink.objects.select_related("version__page")
    link = links.filter(token=token).first()
    if link is None:
        raise Http404("no such preview")
    if not link.is_open():
        return private(render(request, "content/preview_ended.html", status=410))
    return draft_answer(request, link.version)


def draft_answer(request, version):
    """Return the page of `version`, live or not, as an answer that nobody keeps."""
    template = f"content/{version.snapshot['page']['layout']}.html"
    return private(render(request, template, page_context(version, is_draft=True)))


def private(response):
    """Forbid search engines and caches to keep `response`."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    add_never_cache_headers(response)
    return response


@require_safe
def picture(request, digest, width):
    """Send a picture; its address names its bytes, so browsers may keep it for a year without asking."""
    content = images.file(digest, int(width))
    if content is None:
        raise Http404("no such picture")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HttpResponse(content, content_type="image/webp", headers=headers)


@require_safe
def site_picture(request, what, key):
    """Send a picture made of the clinic's logo; its address changes with it."""
    known = site_facts.current()
    content = brand_pictures.file(what, known.site, known.clinic)
    if content is None:
        raise Http404("the site has no logo")
    kind = f"image/{brand_pictures.FORMATS[what].lower()}"
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": "public, max-age=604800"})
