"""The two lists of messages in the admin: the queue and suspected spam. Their screens are in screens/.

Lists, titles and the admin's history name a message by its reference; a person's words are on its page only.
"""

import re
from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html

from intake import retention
from intake.admin.filters import DueFilter, HolderFilter, StatusFilter
from intake.admin.outbox import warn_of_overdue_notices
from intake.admin.screens import log_message, message, reports, search
from intake.models import AccessLogEntry, Notification, Status, Submission, SuspectedSpam
from intake.staff import access_log, due, workflow

FILTERS = (
    "due",
    "holder",
    "status",
    "reason",
    "language",
    "origin",
    "is_logged_by_staff",
    "received_at",
    "relay",
    "under_18",
)


class MessageAdmin(admin.ModelAdmin):
    """What both lists share: they reveal little, and record who saw them."""

    list_per_page = 50
    list_select_related = ["claimed_by"]
    show_full_result_count = False
    ordering = ["-received_at"]

    class Media:
        css = {"all": ["css/admin/messages.css", "css/admin/lists.css"]}

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.without_texts(but=["name"]) if self.is_list(request) else rows

    def lookup_allowed(self, lookup, value, request):
        """Only the filters on offer: nothing a person wrote can be looked up through an address."""
        return lookup.split("__")[0] in FILTERS

    def response_action(self, request, queryset):
        """Ignore a malformed key; Django would fail."""
        keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
        is_right = all(re.fullmatch(r"[0-9]{1,18}", key) for key in keys)
        return super().response_action(request, queryset) if is_right else None

    @staticmethod
    def is_list(request):
        return request.resolver_match.url_name.endswith("_changelist")

    def changelist_view(self, request, extra_context=None):
        warn_of_overdue_notices(request)
        answer = super().changelist_view(request, extra_context)
        if isinstance(answer, TemplateResponse) and "cl" in (answer.context_data or {}):
            shown = [row.reference for row in answer.context_data["cl"].result_list]
            access_log.record(request.user, AccessLogEntry.Kind.LIST, *shown)
        return answer

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return message.message(self, request, object_id)

    def get_deleted_objects(self, objs, request):
        """Nobody deletes notices on their own, but they are deleted with their message."""
        rows, counts, permissions_needed, protected = super().get_deleted_objects(objs, request)
        permissions_needed.discard(Notification._meta.verbose_name)
        return rows, counts, permissions_needed, protected

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        retention.forget_deleted()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        retention.forget_deleted()

    def move_all(self, request, rows, status):
        """Move every one of `rows` to `status`; return how many could be moved."""
        count = 0
        for row in Submission.objects.filter(pk__in=list(rows.values_list("pk", flat=True))):
            try:
                workflow.move(row, by=request.user, status=status)
                count += 1
            except workflow.StepRefusedError as refusal:
                messages.warning(request, str(refusal))
        return count

    @admin.display(description="initials")
    def initials(self, obj):
        return obj.initials

    @admin.display(description="due", ordering="promised_by")
    def what_is_due(self, obj):
        state = due.of(obj, timezone.now())
        return format_html('<span class="{}">{}</span>', "is-late" if state.is_late else "", state.text)


@admin.register(Submission)
class SubmissionAdmin(MessageAdmin):
    """The queue. Spam is kept apart, but a link in an email still leads to it."""

    change_list_template = "admin/intake/message_list.html"
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
    list_filter = [
        DueFilter,
        HolderFilter,
        StatusFilter,
        "reason",
        "language",
        "relay",
        "under_18",
        "is_logged_by_staff",
        "received_at",
    ]
    sortable_by = ["reference", "what_is_due", "received_at"]  # these have an index; others sort every row
    actions = ["mark_as_spam"]

    def get_urls(self):
        screens = [
            ("search/", search.search, "intake_submission_search"),
            ("export/", search.export_csv, "intake_submission_export"),
            ("numbers/", reports.reports, "intake_submission_reports"),
            ("views/", search.save_view, "intake_savedview_save"),
            ("<int:submission_id>/presence/", message.presence_of_others, "intake_submission_presence"),
        ]
        own = [
            path(route, self.admin_site.admin_view(partial(screen, self)), name=name)
            for route, screen, name in screens
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.exclude(status=Status.SPAM) if self.is_list(request) else rows

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, search.list_context(request) | (extra_context or {}))

    def add_view(self, request, form_url="", extra_context=None):
        return log_message.log_message(self, request)

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_as_spam(self, request, rows):
        count = self.move_all(request, rows, Status.SPAM)
        messages.success(request, f"{count} moved to suspected spam.")


@admin.register(SuspectedSpam)
class SuspectedSpamAdmin(MessageAdmin):
    """Kept apart from the queue; one click puts a message back with the time it arrived."""

    list_display = ["reference", "received_at", "suspected_spam_reason", "reason", "initials", "origin"]
    list_filter = ["reason", "origin", "received_at"]
    actions = ["put_back"]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Suspected spam", **(extra_context or {})})

    def get_queryset(self, request):
        return super().get_queryset(request).filter(status=Status.SPAM)

    def has_add_permission(self, request):
        return False

    @admin.action(description="Not spam: move back to messages", permissions=["change"])
    def put_back(self, request, rows):
        count = self.move_all(request, rows, Status.NEW)
        messages.success(request, f"{count} moved back to messages, with the time they arrived.")
