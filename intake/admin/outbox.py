"""The outbox in the admin, and who wants notices of new messages."""

from django.contrib import admin, messages
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html

from intake.admin.bases import FixedRowsAdmin
from intake.models import NoticePreference, Notification, Submission
from intake.outbox import delivery, wakeup


def warn_of_overdue_notices(request):
    """Say above a list, when it is shown, that some notices could not be sent."""
    if request.method == "GET" and (count := delivery.overdue().count()):
        link = reverse("admin:intake_notification_changelist") + "?state=waiting"
        text = '{} notice(s) have been waiting for more than 15 minutes. <a href="{}">See why</a>.'
        messages.error(request, format_html(text, count, link))


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("waiting", "Waiting"), ("overdue", "Waiting too long"), ("sent", "Sent")]

    def queryset(self, request, rows):
        if self.value() == "waiting":
            return rows.filter(sent_at=None)
        if self.value() == "overdue":
            return rows.filter(pk__in=delivery.overdue().values("pk"))
        return rows.filter(sent_at__isnull=False) if self.value() == "sent" else rows


@admin.register(Notification)
class NotificationAdmin(FixedRowsAdmin):
    """The outbox: what was sent, what is waiting and why."""

    list_filter = [StateFilter, "kind", "created_at"]
    list_select_related = ["submission"]
    show_full_result_count = False
    list_display = fields = readonly_fields = [
        "message",
        "kind",
        "recipient",
        "created_at",
        "state",
        "attempts",
        "next_try_at",
        "sent_at",
        "last_error",
    ]
    actions = ["send_again"]

    def get_queryset(self, request):
        texts = Submission.encrypted_names()
        return super().get_queryset(request).defer(*(f"submission__{name}" for name in texts))

    def changelist_view(self, request, extra_context=None):
        warn_of_overdue_notices(request)
        return super().changelist_view(request, extra_context)

    @admin.display(ordering="submission__reference")
    def message(self, obj):
        return obj.submission.spoken_reference

    @admin.display
    def state(self, obj):
        if obj.sent_at:
            return "Sent"
        return f"Waiting, {obj.attempts} failed attempt(s)" if obj.attempts else "Waiting"

    @admin.action(description="Send again", permissions=["change"])
    def send_again(self, request, rows):
        """Notices for staff only: a receipt goes out once."""
        notices = rows.to_staff()
        delivery.send_again(notices)
        transaction.on_commit(wakeup.wake)
        messages.success(request, f"{len(notices)} notice(s) will be sent again within a minute.")


@admin.register(NoticePreference)
class NoticePreferenceAdmin(admin.ModelAdmin):
    """Each member of staff decides for themselves; an owner sees everyone's choice."""

    list_display = ["user", "is_on", "refused_at", "refusal"]
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
