"""The page before visitors see it: saved or not, on a phone and a desktop, and by link for a reviewer.

What is typed but not saved is kept in the editor's session, so that both frames can request it like any page.
"""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from content.admin import editing, live_checks
from content.admin.screens import page_admin
from content.models import PREVIEW_DAYS, Page, PreviewLink, Version
from content.publishing import preview_links
from content.visitors.views import draft_answer


def _editable(request, pk):
    """Return the page `pk`, None for a new one; refuse whoever may not edit it."""
    page = get_object_or_404(Page, pk=pk) if pk else None
    pages = page_admin()
    if not (pages.has_change_permission(request, page) if page else pages.has_add_permission(request)):
        raise PermissionDenied
    return page


def posted_form(request, page):
    """Return the bound form and formsets of the edit screen; nothing in them is going to be saved."""
    pages = page_admin()
    form_class = pages.get_form(request, page, change=page is not None)
    form = form_class(request.POST, request.FILES, instance=page)
    form.checks_conflict = False
    return form, pages._create_formsets(request, form.instance, change=page is not None)[0]


@require_POST
def measure(request, pk=None):
    """Answer with words, minutes and grade of what is typed, and what the checks found, as JSON.

    With `_shows_page` the page itself is in the answer too; nothing is kept of it.
    """
    posted = posted_form(request, _editable(request, pk))
    checks = {"checks": live_checks.of_typed(*posted)}
    html = render_to_string("admin/content/page/checks.html", checks)
    shown = {"page_html": _page_html(request, pk, posted)} if "_shows_page" in request.POST else {}
    return JsonResponse({**live_checks.count(*posted), "sum": str(checks["checks"]), "checks": html, **shown})


def _page_html(request, pk, posted):
    version = Version(page_id=pk, snapshot=editing.posted_snapshot(*posted))
    return draft_answer(request, version).content.decode()


def preview(request, pk=None):
    """Keep what is typed (POST); show it, or a saved Version, in two frames (GET)."""
    page = _editable(request, pk)
    if request.method == "POST":
        form, formsets = posted_form(request, page)
        snapshot = editing.posted_snapshot(form, formsets)
        request.session[_session_key(pk)] = {
            "snapshot": snapshot,
            "at": timezone.now().isoformat(),
            "missing": [str(field) for field in live_checks.unreadable(form, formsets)],
        }
        return HttpResponseRedirect(request.path, status=303)
    return _frames(request, page)


def _frames(request, page):
    version, kept = _shown(request, page.pk if page else None)
    name, arguments = (
        ("content_page_preview_frame", [page.pk]) if page else ("content_page_preview_frame_new", [])
    )
    address = reverse(f"admin:{name}", args=arguments)
    context = {
        **admin.site.each_context(request),
        "title": "Preview",
        "subtitle": version.snapshot["page"]["short_name"],
        "page": page,
        "version": version,
        "is_saved": kept is None,
        "missing": kept["missing"] if kept else [],
        "frame_url": f"{address}?version={version.number}" if kept is None else address,
    }
    answer = render(request, "admin/content/page/preview.html", context)
    answer._csp_update = {"frame-src": [SELF]}
    return answer


def share(request, page):
    """Make a preview link to the newest Version of `page` and show its address."""
    if not request.user.has_perm("content.add_previewlink"):
        raise PermissionDenied
    link = preview_links.share(editing.newest_version(page), author=request.user)
    text = "Preview link to version {}, valid for {} days: {}"
    address = settings.SITE_URL + link.get_absolute_url()
    messages.success(request, format_html(text, link.version.number, PREVIEW_DAYS, address))


@require_POST
def revoke(request, pk):
    """Revoke a preview link and return to its page."""
    if not request.user.has_perm("content.add_previewlink"):
        raise PermissionDenied
    link = get_object_or_404(PreviewLink.objects.select_related("version__page"), pk=pk)
    preview_links.revoke(link, author=request.user)
    messages.success(request, "The preview link is revoked. It no longer shows the draft.")
    return HttpResponseRedirect(
        reverse("admin:content_page_change", args=[link.version.page_id]) + "#preview-links"
    )


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def preview_frame(request, pk=None):
    """Show the real page, from what is typed or from a saved Version, for a frame of the preview screen."""
    if not request.user.has_perm("content.view_page"):
        raise PermissionDenied
    return draft_answer(request, _shown(request, pk)[0])


def _session_key(pk):
    return f"preview-{pk or 'new'}"


def _shown(request, pk):
    """Return the Version to show and what the session keeps of it (None if it is a saved one)."""
    versions = Version.objects.filter(page=pk).select_related("author")
    if number := request.GET.get("version"):
        return get_object_or_404(versions, number=editing.typed_number(number) or 0), None
    if kept := request.session.get(_session_key(pk)):
        return Version(page_id=pk, snapshot=kept["snapshot"]), kept
    newest = versions.order_by("-number").first() if pk else None
    if newest is None:
        raise Http404("nothing to preview yet")
    return newest, None
