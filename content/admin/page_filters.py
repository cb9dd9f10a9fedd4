"""Filters of the list of pages: state, whose turn, language, last change. Used by page_list.py."""

from datetime import timedelta

from django.conf import settings
from django.contrib import admin
from django.utils import timezone

from content import publishing
from content.models import HandOver, PageLock, Version, languages
from content.publishing import hand_over

Step = HandOver.Step


class StateFilter(admin.SimpleListFilter):
    title = parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("live", "Live"),
            ("not-live", "Not live"),
            ("newer-draft", "Live, with a newer draft"),
            ("planned", "Planned"),
            ("unsigned", "Live without a sign-off"),
            ("locked", "Locked"),
        ]

    def queryset(self, request, pages):
        live, wanted = Version.objects.current(), self.value()
        if wanted == "not-live":
            return pages.exclude(pk__in=live.values("page"))
        if wanted == "newer-draft":
            return pages.filter(pk__in=publishing.newer_drafts())
        found = {
            "live": live,
            "planned": Version.objects.filter(live_from__gt=timezone.now()),
            "unsigned": publishing.asking_for_sign_off().order_by(),
            "locked": PageLock.objects.filter(by__is_active=True),
        }
        return pages.filter(pk__in=found[wanted].values("page")) if wanted in found else pages


class TurnFilter(admin.SimpleListFilter):
    title, parameter_name = "whose turn", "turn"

    def lookups(self, request, model_admin):
        return [
            ("mine", "Mine"),
            (Step.ASKED, "Waiting for a sign-off"),
            (Step.SENT_BACK, "Sent back with a note"),
            (Step.SIGNED, "Signed off, waiting to be published"),
        ]

    def queryset(self, request, pages):
        wanted = self.value()
        if wanted == "mine":
            return pages.filter(pk__in=[turn.page_id for turn in hand_over.waiting_for(request.user)])
        found = hand_over.open_ones().filter(step=wanted)
        return pages.filter(pk__in=found.values("page")) if wanted in Step.values else pages


class LanguageFilter(admin.SimpleListFilter):
    title = parameter_name = "language"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, pages):
        others = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        if self.value() in others:
            return pages.filter(path__startswith=languages.home(self.value()))
        for code in others if self.value() == settings.LANGUAGE_CODE else ():
            pages = pages.exclude(path__startswith=languages.home(code))
        return pages


class ChangedFilter(admin.SimpleListFilter):
    """By the day of the newest Version: Page keeps no time of its own."""

    title, parameter_name = "last changed", "changed"

    def lookups(self, request, model_admin):
        return [
            ("1", "Today and yesterday"),
            ("7", "Past 7 days"),
            ("30", "Past 30 days"),
            ("older", "Longer ago"),
        ]

    def queryset(self, request, pages):
        days = {"1": 1, "7": 7, "30": 30, "older": 30}.get(self.value())
        if days is None:
            return pages
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        recent = Version.objects.filter(created_at__gte=today - timedelta(days=days)).values("page")
        return pages.exclude(pk__in=recent) if self.value() == "older" else pages.filter(pk__in=recent)
