"""The list of messages in the admin. One message has its own screen: message.py.

Lists, titles and the admin's history name a message by its reference; a person's words are on its page only.
"""

import re

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html

from intake import retention
from intake.admin.alarm import AlarmMixin
from intake.admin.filters import DueFilter, HolderFilter, StatusFilter
from intake.admin.screens.log_message import TypedInMixin
from intake.admin.screens.message import MessageScreenMixin
from intake.admin.screens.reports import NumbersMixin
from intake.admin.screens.search import FindingMixin
from intake.models import AccessLogEntry, Notification, Submission
from intake.staff import access_log, due, workflow

FILTERS = ("due", "holder", "status", "reason", "language", "verdict", "is_typed_in", "received_at")
UNREAD = ("phone", "email", "relationship", "message")  # stay encrypted in lists


class MessageAdmin(AlarmMixin, MessageScreenMixin, admin.ModelAdmin):
    """What messages and suspected spam share: lists that tell little, and record who saw them."""

    list_per_page = 50
    list_select_related = ["claimed_by"]
    show_full_result_count = False
    ordering = ["-received_at"]

    class Media:
        css = {"all": ["css/admin-queue.css", "css/admin-cards.css"]}

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.defer(*UNREAD) if self.is_list(request) else rows

    def lookup_allowed(self, lookup, value, request):
        """Only the filters that are offered: nothing a person wrote is ever looked up through an address."""
        return lookup.split("__")[0] in FILTERS

    def response_action(self, request, queryset):
        """Do nothing with a key that is none; Django would fail."""
        keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
        is_right = all(re.fullmatch(r"[0-9]{1,18}", key) for key in keys)
        return super().response_action(request, queryset) if is_right else None

    @staticmethod
    def is_list(request):
        return request.resolver_match.url_name.endswith("_changelist")

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        if isinstance(answer, TemplateResponse) and "cl" in (answer.context_data or {}):
            shown = [row.reference for row in answer.context_data["cl"].result_list]
            access_log.record(request.user, AccessLogEntry.Kind.LIST, *shown)
        return answer

    def get_deleted_objects(self, objs, request):
        """Nobody deletes notices by themselves, but they go with their message."""
        rows, counts, permissions_needed, protected = super().get_deleted_objects(objs, request)
        permissions_needed.discard(Notification._meta.verbose_name)
        return rows, counts, permissions_needed, protected

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        retention.forget_deleted()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        retention.forget_deleted()

    def take_step(self, request, rows, status):
        """Take every one of `rows` to `status`; return how many went."""
        count = 0
        for row in Submission.objects.filter(pk__in=list(rows.values_list("pk", flat=True))):
            try:
                workflow.move(row, by=request.user, status=status)
                count += 1
            except workflow.StepRefused as refusal:
                messages.warning(request, str(refusal))
        return count

    @admin.display(description="initials")
    def initials(self, obj):
        return obj.initials

    @admin.display(description="what is due", ordering="promised_by")
    def what_is_due(self, obj):
        stands = due.of(obj, timezone.now())
        return format_html('<span class="{}">{}</span>', "is-late" if stands.is_late else "", stands.text)


@admin.register(Submission)
class SubmissionAdmin(FindingMixin, NumbersMixin, TypedInMixin, MessageAdmin):
    """The queue. Spam is kept apart, but a link in a mail still leads to it."""

    list_display = [
        "reference",
        "what_is_due",
        "initials",
        "reason",
        "language",
        "status",
        "claimed_by",
        "received_at",
    ]
    list_filter = [DueFilter, HolderFilter, StatusFilter, "reason", "language", "is_typed_in", "received_at"]
    sortable_by = ["reference", "what_is_due", "received_at"]  # these have an index; others sort every row
    actions = ["mark_as_spam"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.exclude(status=Submission.Status.SPAM) if self.is_list(request) else rows

    def get_urls(self):
        own = [
            path("search/", self.admin_site.admin_view(self.search_view), name="intake_submission_search"),
            path("export/", self.admin_site.admin_view(self.export_view), name="intake_submission_export"),
            path("numbers/", self.admin_site.admin_view(self.numbers_view), name="intake_submission_numbers"),
            path("views/", self.admin_site.admin_view(self.save_view), name="intake_savedview_save"),
            path(
                "<int:submission_id>/presence/",
                self.admin_site.admin_view(self.presence_view),
                name="intake_submission_presence",
            ),
        ]
        return [*own, *super().get_urls()]

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_as_spam(self, request, rows):
        count = self.take_step(request, rows, Submission.Status.SPAM)
        messages.success(request, f"{count} moved to suspected spam.")
