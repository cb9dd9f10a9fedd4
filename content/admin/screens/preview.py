"""The page before visitors see it: saved or not, on a phone and a desktop, and by link for a reviewer.

A part of the admin of pages. What is typed but not saved waits in the session of the editor, so that both
frames can ask for it like for any page.
"""

from datetime import timedelta

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from content.admin import editing, live_checks
from content.models import Page, PreviewLink, Version
from content.models.audit import PREVIEW_DAYS
from content.publishing import preview_links
from content.views import draft_answer


class PreviewMixin:
    """Adds the counter, the preview and the preview links to the admin of pages."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("add/measure/", view(require_POST(self.measure_view)), name="content_page_measure_new"),
            path("<int:pk>/measure/", view(require_POST(self.measure_view)), name="content_page_measure"),
            path("add/preview/", view(self.preview_view), name="content_page_preview_new"),
            path("<int:pk>/preview/", view(self.preview_view), name="content_page_preview"),
            path(
                "add/preview/page/", view(require_safe(preview_frame)), name="content_page_preview_frame_new"
            ),
            path(
                "<int:pk>/preview/page/", view(require_safe(preview_frame)), name="content_page_preview_frame"
            ),
            path(
                "preview-link/<int:pk>/revoke/",
                view(require_POST(self.revoke_view)),
                name="content_previewlink_revoke",
            ),
            *super().get_urls(),
        ]

    def _editable(self, request, pk):
        """Return the page `pk`, None for a new one; refuse whoever may not edit it."""
        page = get_object_or_404(Page, pk=pk) if pk else None
        if not (self.has_change_permission(request, page) if page else self.has_add_permission(request)):
            raise PermissionDenied
        return page

    def _posted(self, request, page):
        """Return the bound form and formsets of the edit screen; nothing of them is going to be saved."""
        form_class = self.get_form(request, page, change=page is not None)
        form = form_class(request.POST, request.FILES, instance=page)
        form.checks_conflict = False
        return form, self._create_formsets(request, form.instance, change=page is not None)[0]

    def measure_view(self, request, pk=None):
        """Answer words, minutes and grade of what is typed, and what the checks say of it, as JSON."""
        posted = self._posted(request, self._editable(request, pk))
        checks = {"checks": live_checks.of_typed(*posted)}
        html = render_to_string("admin/content/page/checks.html", checks)
        return JsonResponse({**live_checks.count(*posted), "sum": str(checks["checks"]), "checks": html})

    def preview_view(self, request, pk=None):
        """Take what is typed (POST), or show it, or a saved Version, in two frames (GET)."""
        page = self._editable(request, pk)
        if request.method == "POST":
            form, formsets = self._posted(request, page)
            snapshot = editing.posted_snapshot(form, formsets)
            request.session[_session_key(pk)] = {
                "snapshot": snapshot,
                "at": timezone.now().isoformat(),
                "missing": [str(field) for field in live_checks.unreadable(form, formsets)],
            }
            return HttpResponseRedirect(request.path, status=303)
        return self._frames(request, page)

    def _frames(self, request, page):
        version, kept = _shown(request, page.pk if page else None)
        name, arguments = (
            ("content_page_preview_frame", [page.pk]) if page else ("content_page_preview_frame_new", [])
        )
        address = reverse(f"admin:{name}", args=arguments)
        context = {
            **self.admin_site.each_context(request),
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

    def share(self, request, page):
        """Make a preview link to the newest Version of `page` and tell its address."""
        if not request.user.has_perm("content.add_previewlink"):
            raise PermissionDenied
        link = preview_links.share(editing.newest_version(page), author=request.user)
        text = "Preview link of version {}, good for {} days: {}"
        address = settings.SITE_URL + link.get_absolute_url()
        messages.success(request, format_html(text, link.version.number, PREVIEW_DAYS, address))

    def revoke_view(self, request, pk):
        """Close a preview link and return to the page it belongs to."""
        if not request.user.has_perm("content.add_previewlink"):
            raise PermissionDenied
        link = get_object_or_404(PreviewLink.objects.select_related("version__page"), pk=pk)
        preview_links.revoke(link, author=request.user)
        messages.success(request, "The preview link is closed. Whoever opens it now sees no draft.")
        return HttpResponseRedirect(
            reverse("admin:content_page_change", args=[link.version.page_id]) + "#preview-links"
        )


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def preview_frame(request, pk=None):
    """Show the real page, from what is typed or from a saved Version, for a frame of the preview screen."""
    if not request.user.has_perm("content.view_page"):
        raise PermissionDenied
    return draft_answer(request, _shown(request, pk)[0])


def open_links(page):
    """Return the preview links of `page` that still work, newest first."""
    since = timezone.now() - timedelta(days=PREVIEW_DAYS)
    links = PreviewLink.objects.filter(version__page=page, revoked_at=None, created_at__gt=since)
    return links.select_related("created_by", "version").defer("version__snapshot")


def _session_key(pk):
    return f"preview-{pk or 'new'}"


def _shown(request, pk):
    """Return the Version to show and what the session keeps of it (None if it is a saved one)."""
    versions = Version.objects.filter(page=pk).select_related("reviewer", "author")
    if number := request.GET.get("version"):
        return get_object_or_404(versions, number=editing.typed_number(number) or 0), None
    if kept := request.session.get(_session_key(pk)):
        return Version(page_id=pk, snapshot=kept["snapshot"]), kept
    newest = versions.order_by("-number").first() if pk else None
    if newest is None:
        raise Http404("nothing to preview yet")
    return newest, None
