"""The two lists of messages in the admin: the queue and suspected spam. Their screens are in screens/.

Lists, titles and the admin's history name a message by its reference; a person's words are on its page only.
"""

import re
from functools import partial

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html

from intake import retention
from intake.admin import bulk
from intake.admin.filters import DueFilter, HolderFilter, StatusFilter
from intake.admin.outbox import warn_of_overdue_notices
from intake.admin.screens import danger_guide, log_message, message, reports, search
from intake.models import AccessLogEntry, Notification, Status, Submission, SuspectedSpam
from intake.models.messages import in_danger_first, urgency
from intake.staff import access_log, calling_off, due

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
WORK_FILTERS = {"due", "holder"}


class WorkList(ChangeList):
    """The list of messages; as work, by due time or holder, it shows each person once (an export: all)."""

    def get_results(self, request):
        if WORK_FILTERS & request.GET.keys():
            self.queryset = self.queryset.one_a_person()
        super().get_results(request)
        self.result_list = calling_off.mark(self.result_list)


class MessageAdmin(admin.ModelAdmin):
    """What both lists share: they reveal little, and record who saw them."""

    list_per_page = 50
    list_select_related = ["claimed_by"]
    show_full_result_count = False
    ordering = [in_danger_first(), "-received_at"]

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

    @admin.display(description="initials")
    def initials(self, obj):
        number = getattr(obj, "of_person", None) or 1  # how many of this person are open
        return f"{obj.initials} ({number} messages)" if number > 1 else obj.initials

    @admin.display(description="claimed by", empty_value="nobody")
    def holder(self, obj):
        return obj.claimed_by

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
        "holder",
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
    action_form = bulk.BulkForm
    actions = [bulk.claim, bulk.hand_over, bulk.close, bulk.mark_as_spam]

    def get_urls(self):
        screens = [
            ("search/", search.search, "intake_submission_search"),
            ("export/", search.export_csv, "intake_submission_export"),
            ("danger/", danger_guide.danger_guide, "intake_submission_danger"),
            ("numbers/", reports.reports, "intake_submission_reports"),
            ("views/", search.save_view, "intake_savedview_save"),
            ("next/", message.next_message, "intake_submission_next"),
            ("<int:submission_id>/presence/", message.presence_of_others, "intake_submission_presence"),
        ]
        own = [
            path(route, self.admin_site.admin_view(partial(screen, self)), name=name)
            for route, screen, name in screens
        ]
        return [*own, *super().get_urls()]

    def get_ordering(self, request):
        """Work has one order everywhere; the whole list, mostly closed messages, begins with the newest."""
        return urgency() if WORK_FILTERS & request.GET.keys() else super().get_ordering(request)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if not self.is_list(request):
            return rows
        return rows.exclude(status__in=Status.spam()).with_number_of_person()

    def get_changelist(self, request, **kwargs):
        return WorkList

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, search.list_context(request) | (extra_context or {}))

    def add_view(self, request, form_url="", extra_context=None):
        return log_message.log_message(self, request)


@admin.register(SuspectedSpam)
class SuspectedSpamAdmin(MessageAdmin):
    """Kept apart from the queue; one click puts a message back with the time it arrived."""

    list_display = [
        "reference",
        "received_at",
        "status",
        "what_is_due",
        "suspected_spam_reason",
        "reason",
        "initials",
        "origin",
    ]
    list_filter = ["status", "reason", "origin", "received_at"]
    actions = [bulk.put_back, bulk.confirm_spam]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Suspected spam", **(extra_context or {})})

    def get_queryset(self, request):
        return super().get_queryset(request).filter(status__in=Status.spam())

    def has_add_permission(self, request):
        return False
