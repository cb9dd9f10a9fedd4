"""What owners set about messages in the admin: settings, office hours, closed days, words for calls."""

from django.contrib import admin

from intake import reply_times
from intake.admin.bases import FixedRowsAdmin, SingletonAdmin
from intake.models import Closure, IntakeSettings, OfficeHours, Script
from intake.outbox import emails


@admin.register(IntakeSettings)
class IntakeSettingsAdmin(SingletonAdmin):
    fieldsets = [
        ("On the form", {"fields": ["reply_time", "answers_in_spanish", "tries", "caller_id", "next_step"]}),
        ("Reply promise", {"fields": ["reply_minutes", "alarm_percent", "second_person"]}),
        (
            "Automatic deletion of messages",
            {"fields": ["keep_open_days", "keep_finished_days", "keep_spam_days"]},
        ),
        ("Automatic deletion of access log entries", {"fields": ["keep_access_log_days"]}),
    ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = emails.readers()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Offer a colleague, without the buttons that would edit or add one from here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "second_person":
            field.widget = field.widget.widget
        return field


@admin.register(OfficeHours)
class OfficeHoursAdmin(admin.ModelAdmin):
    """Every change updates which times of day the form offers."""

    list_display = ["weekday", "opens_at", "closes_at"]
    list_display_links = ["weekday", "opens_at"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        reply_times.remember_offered_times()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        reply_times.remember_offered_times()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        reply_times.remember_offered_times()


@admin.register(Closure)
class ClosureAdmin(admin.ModelAdmin):
    list_display = ["on", "reason"]
    list_filter = ["on"]


@admin.register(Script)
class ScriptAdmin(FixedRowsAdmin):
    """Staff change the words; each script belongs to one safety wish."""

    list_display = ["use", "words"]
    fields = ["use", "words"]
    readonly_fields = ["use"]
