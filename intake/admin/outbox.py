"""The outbox in the admin, and who wants to be told of messages."""

from django.contrib import admin, messages
from django.db import transaction

from intake.admin.alarm import AlarmMixin
from intake.models import NoticePreference, Notification
from intake.outbox import delivery, wakeup

WRITTEN = ("name", "phone", "email", "relationship", "message")


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("waiting", "Waiting"), ("untold", "Waiting too long"), ("sent", "Sent")]

    def queryset(self, request, rows):
        if self.value() == "waiting":
            return rows.filter(sent_at=None)
        if self.value() == "untold":
            return rows.filter(pk__in=delivery.untold().values("pk"))
        return rows.filter(sent_at__isnull=False) if self.value() == "sent" else rows


@admin.register(Notification)
class NotificationAdmin(AlarmMixin, admin.ModelAdmin):
    """The outbox: what was sent, what waits and why."""

    list_filter = [StateFilter, "kind", "created_at"]
    list_select_related = ["submission"]
    show_full_result_count = False
    list_display = fields = readonly_fields = [
        "message",
        "kind",
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
        """Only what staff must hear: the copy for a person goes out once."""
        notices = rows.to_staff()
        delivery.send_again(notices)
        transaction.on_commit(wakeup.wake)
        messages.success(request, f"Notices that go out again within a minute: {len(notices)}.")


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
