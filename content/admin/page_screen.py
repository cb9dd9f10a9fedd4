"""What the edit screen of a page shows around its form. A part of the admin in pages.py."""

import js_asset
from django.conf import settings
from django.utils import timezone

from content.admin import editing, live_checks, originals, presence
from content.admin.base import PASTING
from content.admin.screens import MAY_PUBLISH, MAY_TRASH, translations
from content.diff.pages import compare
from content.models import PreviewLink, Version
from content.publishing import comments, hand_over, locks

EDITOR_WORDS = {
    "createNew": "Add a block",
    "empty": "This page has no blocks yet. Add the first one with “+”.",
    "newItem": "new",
    "collapseAll": "Collapse all blocks",
    "uncollapseAll": "Expand all blocks",
    "selectMultiple": "Drag a title to move its block, or use its arrows. “+” adds a block in between.",
}


class PageScreen:
    """The state of the page, what the checks find, who else is here, and both texts after a conflict."""

    class Media:
        js = [
            "js/admin/editor.js",
            "js/admin/block-menu.js",
            *PASTING,
            "js/admin/list-levels.js",
            "js/admin/table-grid.js",
            "js/admin/insert.js",
            "js/admin/copy-block.js",
            "js/admin/place-block.js",
            "js/admin/find-on-page.js",
            "js/admin/live-preview.js",
            "js/admin/keep.js",
            "js/admin/come-back.js",
            "js/admin/checks.js",
            "js/admin/counter.js",
            "js/admin/originals.js",
        ]

    def _content_editor_context(self, request, context):
        known = super()._content_editor_context(request, context)
        known["messages"] |= EDITOR_WORDS
        return known

    def get_view_on_site_url(self, obj=None):
        """Visitors find nothing at the address of a page that is not live; Preview shows it."""
        is_live = obj is not None and Version.objects.current().filter(page=obj.pk).exists()
        return super().get_view_on_site_url(obj) if is_live else None

    def render_change_form(self, request, context, *args, **kwargs):
        form, page = context["adminform"].form, context["original"]
        context |= {
            "saved_copies": " ".join(request.session.get("saved_copies", [])),
            "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
            "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
            "time_zone": settings.TIME_ZONE,
        }
        context["saved_ago"] = _seconds_since_saved(page, request.user)
        if page:
            context |= {"status": editing.status_line(page), "preview_links": _open_links(page)}
            may_add = self.has_add_permission(request)
            context["languages_to_add"] = translations.languages_to_add(page) if may_add else []
            context["may_trash"] = not page.is_protected and request.user.has_perm(MAY_TRASH)
            context["public_address"] = settings.SITE_URL  # the admin's own `site_url` is only a slash
            context["others"] = presence.arrive(page, request.user)
            context["comments"] = comments.open_on(page)
            context["lock"] = locks.lock_of(page)
            context["may_publish"] = request.user.has_perm(MAY_PUBLISH)
            context["turn"] = hand_over.open_ones(page).first()
            context["checks"], context["counts"] = self._measured(form, context["inline_admin_formsets"])
            if page.translation_of_id and form.newest:
                context["original_words"] = originals.beside(page, form.newest.snapshot["blocks"])
                context["original_changed"] = originals.changed(page)
        if getattr(form, "conflict", None):
            context["conflict"] = self._conflict(form, context["inline_admin_formsets"])
        context["problems"] = self._problems(form, context["inline_admin_formsets"])
        context["is_brought_back"] = form.is_bound and form.has_error("__all__", "brought-back")
        if context["is_brought_back"] and len(context["errors"]) == 1:
            context["errors"] = None  # the note says it: nothing is wrong
        return _with_nonce(request, super().render_change_form(request, context, *args, **kwargs))

    @staticmethod
    def _measured(form, inline_formsets):
        """Return what the checks found in what the form shows, and how long and hard that is.

        It shows the newest Version, or what was just typed. Asking for it as while one types would double the
        time until a long page is there.
        """
        if form.is_bound:
            formsets = [inline.formset for inline in inline_formsets]
            return live_checks.of_typed(form, formsets), live_checks.count(form, formsets)
        if form.newest:
            return live_checks.of_saved(form.newest), live_checks.count_saved(form.newest)
        return None, None

    @staticmethod
    def _problems(form, inline_formsets):
        """Return why a save was refused, each with the way to its field."""
        if not form.is_bound:
            return []
        return list(live_checks.unreadable(form, [inline.formset for inline in inline_formsets]))

    @staticmethod
    def _conflict(form, inline_formsets):
        """Return what the page says when somebody else saved in the meantime: who, when, and both texts."""
        newest = form.conflict
        opened = Version.objects.filter(
            page=form.instance.pk, number=form.cleaned_data.get("based_on") or 0
        ).first()
        mine = editing.posted_snapshot(form, [inline.formset for inline in inline_formsets])
        return {
            "newest": newest,
            "theirs": compare(opened.snapshot, newest.snapshot) if opened else None,
            "both": compare(newest.snapshot, mine),
        }


def _seconds_since_saved(page, person):
    """Return how long ago `person` last saved `page`, empty if never; the clock of keep.js may be another."""
    last = Version.objects.filter(page=page, author=person).order_by("-number").first() if page else None
    return f"{(timezone.now() - last.created_at).total_seconds():.1f}" if last else ""


def _with_nonce(request, response):
    """Give the inline import map of the editor's scripts the nonce that the CSP asks for."""
    media = response.context_data["media"]
    if not isinstance(media, js_asset.Media):
        media = js_asset.Media.from_media(media)
    response.context_data["media"] = media.with_nonce(str(request.csp_nonce))
    return response


def _open_links(page):
    """Return the preview links of `page` that still work, newest first."""
    links = PreviewLink.objects.open().filter(version__page=page)
    return links.select_related("created_by", "version").defer("version__snapshot")
