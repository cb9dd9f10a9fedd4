"""Suspected spam in the admin: kept apart, put back with one click and the time it came."""

from django.contrib import admin, messages

from intake.admin.messages import MessageAdmin
from intake.models import Submission, SuspectedSpam


@admin.register(SuspectedSpam)
class SuspectedSpamAdmin(MessageAdmin):
    list_display = ["reference", "received_at", "suspected_spam_reason", "reason", "initials", "verdict"]
    list_filter = ["reason", "verdict", "received_at"]
    actions = ["put_back"]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Suspected spam", **(extra_context or {})})

    def get_queryset(self, request):
        return super().get_queryset(request).filter(status=Submission.Status.SPAM)

    def has_add_permission(self, request):
        return False

    @admin.action(description="Not spam: put back", permissions=["change"])
    def put_back(self, request, rows):
        """Back to new, with the time it came."""
        count = self.take_step(request, rows, Submission.Status.NEW)
        messages.success(request, f"{count} put back to the messages, with the time they came.")
