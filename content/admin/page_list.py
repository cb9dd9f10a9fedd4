"""The list of pages: what it shows of each, with its queries. A part of the admin in pages.py."""

from django.conf import settings
from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from content.admin import page_actions, page_filters
from content.admin.screens import MAY_PUBLISH, MAY_TRASH
from content.models import Page, Version
from content.publishing import translations as pairs


class PageList:
    """For whoever looks for a page, or for what is planned, behind or without a sign-off."""

    list_display = [
        "short_name",
        "path",
        "language_and_pair",
        "position",
        "live_version",
        "planned",
        "last_version",
        "sign_off",
        "next_review_on",
    ]
    list_filter = [
        page_filters.StateFilter,
        page_filters.TurnFilter,
        page_filters.LanguageFilter,
        "layout",
        page_filters.ChangedFilter,
    ]
    search_fields = ["short_name", "heading", "path"]
    actions = [page_actions.ask_for_sign_off, page_actions.take_down, page_actions.move_to_trash]

    def has_publish_permission(self, request):
        """Asked by the actions, as the next."""
        return request.user.has_perm(MAY_PUBLISH)

    def has_trash_permission(self, request):
        return request.user.has_perm(MAY_TRASH)

    def get_queryset(self, request):
        current = Version.objects.current().defer("snapshot")
        live = models.Prefetch("versions", current, to_attr="current_versions")
        later = Version.objects.filter(live_from__gt=timezone.now()).defer("snapshot").order_by("live_from")
        planned = models.Prefetch("versions", later, to_attr="waiting_versions")
        pages = (
            super().get_queryset(request).filter(trashed_at=None).select_related("translation_of", "lock__by")
        )
        there = models.Prefetch("translations", Page.objects.filter(trashed_at=None), to_attr="in_others")
        pages = pairs.with_state(pages.prefetch_related(live, planned, there))
        return pages.annotate(last=models.Max("versions__number"))

    def changelist_view(self, request, extra_context=None):
        saved = {"saved_copies": " ".join(request.session.get("saved_copies", []))}
        return super().changelist_view(request, saved | (extra_context or {}))

    @admin.display(description="language")
    def language_and_pair(self, page):
        """Say what the page is a translation of and if it still follows, or which translations it has."""
        names = dict(settings.LANGUAGES)
        name = names[page.language]
        if page.translation_of_id:
            behind = ", older than its original" if page.is_behind else ""
            return f"{name}: {page.translation_of}{behind}"
        others = [f"{names[other.language]}: {other}" for other in page.in_others]
        return "; ".join([name, *(others or ["no translation"])])

    @admin.display(description="live")
    def live_version(self, page):
        return f"version {page.current_versions[0].number}" if page.current_versions else "not live"

    @admin.display
    def planned(self, page):
        """Say what happens by itself next."""
        if not page.waiting_versions:
            ends = page.current_versions[0].live_until if page.current_versions else None
            return f"ends {_moment(ends)}" if ends else "–"
        version = page.waiting_versions[0]
        return f"version {version.number} on {_moment(version.live_from)}"

    @admin.display(description="newest draft")
    def last_version(self, page):
        """Name the newest Version, and who alone may change the page now."""
        lock = getattr(page, "lock", None)
        locked = f", locked by {lock.name}" if lock and lock.by.is_active else ""
        return f"version {page.last}{locked}" if page.last else "–"

    @admin.display(description="sign-off")
    def sign_off(self, page):
        if not page.current_versions:
            return "–"
        version = page.current_versions[0]
        urgent = " (urgent fix)" if version.unchecked_since else ""
        return (
            f"signed off {date_format(version.reviewed_on)}"
            if version.reviewer_id
            else f"needs a sign-off{urgent}"
        )

    @admin.display(description="next review")
    def next_review_on(self, page):
        return page.current_versions[0].next_review_on if page.current_versions else None


def _moment(moment):
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
