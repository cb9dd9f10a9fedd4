"""Filters of the list of messages that know the promise, the holder and who is looking."""

from django.contrib import admin
from django.utils import timezone

from intake.models import Submission
from intake.staff import workflow


class DueFilter(admin.SimpleListFilter):
    title = "what is due"
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
            return rows.filter(claimed_by=None, status__in=workflow.OPEN)
        if self.value() == "colleague":
            held = rows.filter(claimed_by__isnull=False, status__in=workflow.OPEN)  # no other has a holder
            return held.exclude(claimed_by=request.user)
        return rows


class StatusFilter(admin.SimpleListFilter):
    """Like Django's own, without spam, which has a list of its own."""

    title = parameter_name = "status"

    def lookups(self, request, model_admin):
        return [(value, label) for value, label in Submission.Status.choices if value != "spam"]

    def queryset(self, request, rows):
        return rows.filter(status=self.value()) if self.value() else rows
