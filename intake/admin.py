"""Messages and notices in Django's admin: what staff see and may do. Registered on the project's admin site.

Lists, titles and the admin's history name a message by its reference; a person's words are on its page only.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from intake import courier, notifications, retention
from intake.models import IntakeSettings, NoticePreference, Notification, Submission, SuspectedSpam

WRITTEN = ("name", "phone", "email", "relationship", "message")


class AlarmMixin:
    """Says above every list of this app when staff have not been told of messages."""

    def changelist_view(self, request, extra_context=None):
        if request.method == "GET" and (count := notifications.untold().count()):
            link = reverse("admin:intake_notification_changelist") + "?state=waiting"
            text = '{} notice(s) could not be sent for 15 minutes. <a href="{}">See why, send again</a>.'
            messages.error(request, format_html(text, count, link))
        return super().changelist_view(request, extra_context)


class MessageAdmin(AlarmMixin, admin.ModelAdmin):
    """What the sender wrote can be read here and not changed; status and hold can."""

    list_display = ["reference", "received_at", "reason", "initials", "status", "verdict"]
    list_filter = ["status", "reason", "verdict", "received_at"]
    search_fields = ["reference"]
    search_help_text = (
        "By reference only. A search is kept in the browser's history: never type a name or number."
    )
    list_per_page = 50
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["status", "is_on_hold"]}),
        (
            "How to reach this person",
            {"fields": ["name", "reach_by", "phone_link", "email", "best_time", "language"]},
        ),
        ("Their safety", {"fields": ["voicemail", "may_name_us", "they_know"]}),
        ("What it is about", {"fields": ["reason", "relationship", "in_california", "message"]}),
        (
            "How it came",
            {"fields": ["reference", "received_at", "status_changed_at", "verdict", "suspected_spam_reason"]},
        ),
    ]
    actions = ["mark_as_spam"]

    def get_queryset(self, request):
        """Leave the texts encrypted in lists; only the name is needed, for its initials."""
        rows = super().get_queryset(request)
        is_list = request.resolver_match.url_name.endswith("_changelist")
        return rows.defer(*(name for name in WRITTEN if name != "name")) if is_list else rows

    def get_readonly_fields(self, request, obj=None):
        every_field = [name for _, options in self.fieldsets for name in options["fields"]]
        return [name for name in every_field if name not in ("status", "is_on_hold")]

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        if "status" in form.changed_data:
            obj.status_changed_at = timezone.now()
        obj.save(update_fields=["status", "status_changed_at", "is_on_hold"])

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

    @admin.display(description="reply by")
    def reach_by(self, obj):
        if obj.reach_by == obj.reply_by:
            return obj.reach_by.label
        return (
            f"{obj.reach_by.label} (asked for {obj.get_reply_by_display().lower()}, but gave nothing for it)"
        )

    @admin.display(description="phone")
    def phone_link(self, obj):
        return format_html('<a href="{}">{}</a>', obj.phone_href, obj.phone) if obj.phone_href else obj.phone

    @admin.display(description="")
    def initials(self, obj):
        return obj.initials


@admin.register(Submission)
class SubmissionAdmin(MessageAdmin):
    def get_queryset(self, request):
        rows = super().get_queryset(request)
        is_list = request.resolver_match.url_name.endswith("_changelist")
        return rows.exclude(status=Submission.Status.SPAM) if is_list else rows

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_as_spam(self, request, rows):
        count = rows.update(status=Submission.Status.SPAM, status_changed_at=timezone.now())
        messages.success(request, f"{count} moved to suspected spam.")


@admin.register(SuspectedSpam)
class SuspectedSpamAdmin(MessageAdmin):
    list_display = ["reference", "received_at", "suspected_spam_reason", "reason", "initials", "verdict"]
    list_filter = ["reason", "verdict", "received_at"]
    actions = ["put_back"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(status=Submission.Status.SPAM)

    @admin.action(description="Not spam: put back", permissions=["change"])
    def put_back(self, request, rows):
        """Back to new, with the time it came."""
        count = rows.update(status=Submission.Status.NEW, status_changed_at=timezone.now())
        messages.success(request, f"{count} put back to the messages, with the time they came.")


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("waiting", "Waiting"), ("untold", "Waiting too long"), ("sent", "Sent")]

    def queryset(self, request, rows):
        if self.value() == "waiting":
            return rows.filter(sent_at=None)
        if self.value() == "untold":
            return rows.filter(pk__in=notifications.untold().values("pk"))
        return rows.filter(sent_at__isnull=False) if self.value() == "sent" else rows


@admin.register(Notification)
class NotificationAdmin(AlarmMixin, admin.ModelAdmin):
    """The outbox: what was sent, what waits and why."""

    list_display = ["message", "created_at", "state", "attempts", "next_try_at", "sent_at", "last_error"]
    list_filter = [StateFilter, "created_at"]
    list_select_related = ["submission"]
    show_full_result_count = False
    fields = readonly_fields = [
        "message",
        "created_at",
        "state",
        "attempts",
        "next_try_at",
        "sent_at",
        "last_error",
    ]
    actions = ["send_again"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer(*(f"submission__{name}" for name in WRITTEN))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(ordering="submission__reference")
    def message(self, obj):
        return obj.submission.spoken_reference

    @admin.display
    def state(self, obj):
        if obj.sent_at:
            return "Sent"
        return f"Waiting, {obj.attempts} tries failed" if obj.attempts else "Waiting"

    @admin.action(description="Send again", permissions=["change"])
    def send_again(self, request, rows):
        notifications.send_again(rows)
        transaction.on_commit(courier.wake)
        messages.success(request, "These notices go out again within a minute.")


@admin.register(IntakeSettings)
class IntakeSettingsAdmin(admin.ModelAdmin):
    """One record: its list leads straight to it."""

    fieldsets = [
        ("What the form says", {"fields": ["reply_time", "tries", "caller_id", "next_step"]}),
        ("When messages are deleted", {"fields": ["keep_open_days", "keep_finished_days", "keep_spam_days"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        record, _ = IntakeSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:intake_intakesettings_change", args=[record.pk]))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(NoticePreference)
class NoticePreferenceAdmin(admin.ModelAdmin):
    """Each member of staff decides for themselves; an owner sees everybody's choice."""

    list_display = ["user", "is_on"]
    fields = ["is_on"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("user")
        return (
            rows if request.user.has_perm("intake.change_intakesettings") else rows.filter(user=request.user)
        )

    def has_add_permission(self, request):
        has_none = not NoticePreference.objects.filter(user=request.user.pk).exists()
        return has_none and super().has_add_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if not change:
            obj.user = request.user
        super().save_model(request, obj, form, change)
