"""The one view of all pages."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from content import addresses, facts, navigation, renderer
from content.models import Version


@require_safe
def page(request, path=""):
    """Show the live Version of the page at `path`: constant queries, whatever its blocks and history."""
    live = Version.objects.current().filter(path=f"/{path}").select_related("reviewer")
    version = live.order_by("-live_from").first()
    if version is None:
        return _lead_on(request)
    return render(request, f"content/{version.snapshot['page']['layout']}.html", page_context(version))


def _lead_on(request):
    """Lead from an address that a page has left to where it is now; browsers remember it for an hour only."""
    path = addresses.successor(request.path)
    if path is None:
        raise Http404("no live page at this address")
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    response["Cache-Control"] = "public, max-age=3600"
    return response


def page_context(version, *, is_draft=False):
    """Return the template context of `version`."""
    helplines, topics = facts.all_helplines(), navigation.topics()
    rendered = renderer.RenderedPage(version.snapshot, sources=facts.all_sources(), helplines=helplines)
    before, after = navigation.neighbors(rendered.page["path"], topics)
    return {
        **facts.for_templates(helplines),
        "menu": [topic for topic in topics if topic.in_menu],
        "page": rendered.page,
        "blocks": rendered.blocks,
        "contents": rendered.contents,
        "sources": rendered.sources,
        "version": version,
        "minutes": renderer.reading_minutes(version.snapshot),
        "previous_page": before,
        "next_page": after,
        "is_draft": is_draft,
    }
