"""The one view of all pages."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from content import facts, navigation, renderer
from content.models import Version


@require_safe
def page(request, path=""):
    """Show the live Version of the page at `path`: constant queries, whatever its blocks and history."""
    version = Version.objects.current().filter(page__path=f"/{path}").select_related("reviewer").first()
    if version is None:
        raise Http404("no live page at this address")
    return render(request, f"content/{version.snapshot['page']['layout']}.html", page_context(version))


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
