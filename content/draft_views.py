"""Pages as they may become: for reviewers with a preview link, and for the preview screen of the admin.

A draft is never cached, never listed by a search engine, and says that it is one.
"""

from django.http import Http404
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from content.models import PreviewLink
from content.views import page_context


@require_safe
def preview(request, token):
    """Show the Version of a preview link while the link is open; say so when it has ended."""
    links = PreviewLink.objects.select_related("version__page", "version__reviewer")
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
