"""Filters of the message list: by due time, by holder and by status. Used by messages.py."""

from django.contrib import admin
from django.utils import timezone

from intake.models import Status
from intake.staff import workflow


class DueFilter(admin.SimpleListFilter):
    title = "due"
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("now", "Needs action now"), ("overdue", "Overdue"), ("later", "Call back later")]

    def queryset(self, request, rows):
        now = timezone.now()
        if self.value() == "now":
            return rows.filter(workflow.is_due(now))
        if self.value() == "overdue":
            return rows.filter(workflow.is_overdue(now))
        return rows.filter(workflow.waits_for_later(now)) if self.value() == "later" else rows


class HolderFilter(admin.SimpleListFilter):
    title = "claimed by"
    parameter_name = "holder"

    def lookups(self, request, model_admin):
        return [("me", "Me"), ("nobody", "Nobody"), ("colleague", "A colleague")]

    def queryset(self, request, rows):
        if self.value() == "me":
            return rows.filter(claimed_by=request.user)
        if self.value() == "nobody":
            return rows.filter(claimed_by=None, status__in=Status.open())
        if self.value() == "colleague":
            held = rows.filter(claimed_by__isnull=False, status__in=Status.open())  # no others have a holder
            return held.exclude(claimed_by=request.user)
        return rows


class StatusFilter(admin.SimpleListFilter):
    """Like Django's own, without spam, which has a list of its own."""

    title = parameter_name = "status"

    def lookups(self, request, model_admin):
        return [(status.value, status.label) for status in Status if status != Status.SPAM]

    def queryset(self, request, rows):
        return rows.filter(status=self.value()) if self.value() else rows
