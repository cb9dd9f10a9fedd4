"""Filters of the message list: by due time, by holder and by status. Used by messages.py."""

from django.contrib import admin
from django.utils import timezone

from intake import retention
from intake.models import Status
from intake.staff import work_lists


class DueFilter(admin.SimpleListFilter):
    title = "due"
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [
            ("now", "Needs action now"),
            ("overdue", "Overdue"),
            ("later", "Later"),
            ("deleted-soon", "Deleted within a week"),
        ]

    def queryset(self, request, rows):
        now = timezone.now()
        if self.value() == "now":
            return rows.filter(pk__in=work_lists.needs_action(now, request.user).values("pk"))
        if self.value() == "overdue":
            return rows.filter(work_lists.is_overdue(now))
        if self.value() == "deleted-soon":
            return rows.filter(pk__in=retention.soon_expired(now).values("pk"))
        return rows.filter(work_lists.waits_for_later(now)) if self.value() == "later" else rows


class HolderFilter(admin.SimpleListFilter):
    title = "claimed by"
    parameter_name = "holder"

    def lookups(self, request, model_admin):
        return [("me", "Me"), ("nobody", "Nobody"), ("colleague", "A colleague")]

    def queryset(self, request, rows):
        if self.value() == "me":
            return rows.filter(claimed_by=request.user)
        if self.value() == "nobody":
            return rows.filter(claimed_by=None, status__in=Status.claimable())
        if self.value() == "colleague":
            held = rows.filter(
                claimed_by__isnull=False, status__in=Status.claimable()
            )  # no others have a holder
            return held.exclude(claimed_by=request.user)
        return rows


class StatusFilter(admin.SimpleListFilter):
    """Like Django's own, without spam, which has a list of its own."""

    title = parameter_name = "status"

    def lookups(self, request, model_admin):
        return [(status.value, status.label) for status in Status if status not in Status.spam()]

    def queryset(self, request, rows):
        return rows.filter(status=self.value()) if self.value() else rows
