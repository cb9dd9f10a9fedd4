"""The settings of messages in the admin: one record."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse

from intake.models import IntakeSettings
from intake.outbox import emails


@admin.register(IntakeSettings)
class IntakeSettingsAdmin(admin.ModelAdmin):
    """One record: its list leads straight to it."""

    fieldsets = [
        ("What the form says", {"fields": ["reply_time", "tries", "caller_id", "next_step"]}),
        ("What you promise", {"fields": ["reply_minutes", "alarm_percent", "second_person"]}),
        ("When messages are deleted", {"fields": ["keep_open_days", "keep_finished_days", "keep_spam_days"]}),
        ("When looks are deleted", {"fields": ["keep_reads_days"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        record, _ = IntakeSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:intake_intakesettings_change", args=[record.pk]))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = emails.readers()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Offer a colleague, without the buttons that would edit or add one from here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "second_person":
            field.widget = field.widget.widget
        return field

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
