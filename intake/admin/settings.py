"""What owners set about messages in the admin: settings, office hours, closed days, words for calls."""

from django import forms
from django.contrib import admin
from django.db import models
from django.template.response import TemplateResponse
from django.utils import timezone

from intake import reply_times, retention
from intake.admin.bases import FixedRowsAdmin, SingletonAdmin
from intake.form_fields import ClockField
from intake.models import Closure, IntakeSettings, OfficeHours, Script
from intake.outbox import emails

CLOCK_TIMES = {models.TimeField: {"form_class": ClockField}}
DAYS_OF_MESSAGES = ["keep_open_days", "keep_finished_days", "keep_spam_days"]


@admin.register(IntakeSettings)
class IntakeSettingsAdmin(SingletonAdmin):
    fieldsets = [
        ("On the form", {"fields": ["reply_time", "tries", "caller_id", "next_step"]}),
        ("Reply promise", {"fields": ["reply_minutes", "alarm_percent", "second_person"]}),
        (
            "Automatic deletion of messages",
            {"fields": DAYS_OF_MESSAGES},
        ),
        ("Automatic deletion of access log entries", {"fields": ["keep_access_log_days"]}),
    ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Days until deletion are saved only after the number of messages they concern was seen."""
        is_asked = request.method == "POST" and "is_confirmed" not in request.POST
        question = self._ask_about_deletion(request, object_id) if is_asked else None
        return question or super().change_view(request, object_id, form_url, extra_context)

    def _ask_about_deletion(self, request, object_id):
        settings = self.get_object(request, object_id)
        if settings is None or not self.has_change_permission(request, settings):
            return None
        form = self.get_form(request, settings)(request.POST, instance=settings)
        if not form.is_valid() or not set(DAYS_OF_MESSAGES) & set(form.changed_data):
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Delete messages automatically?",
            "opts": self.opts,
            "now": retention.expired(timezone.now(), form.instance).count(),
            "settings": form.instance,
            "sent": [(name, value) for name, values in request.POST.lists() for value in values],
        }
        return TemplateResponse(request, "admin/intake/confirm_deletion.html", context)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        reply_times.promise_the_waiting()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = emails.readers()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Offer a colleague, without the buttons that would edit or add one from here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "second_person":
            field.widget = field.widget.widget
        return field


class NewHoursForm(forms.ModelForm):
    """New hours can be those of one day or of Monday to Friday."""

    WEEKDAYS = "monday-to-friday"
    weekday = forms.ChoiceField(choices=[(WEEKDAYS, "Monday to Friday"), *OfficeHours.Weekday.choices])

    class Meta:
        model = OfficeHours
        fields = ["weekday", "opens_at", "closes_at"]

    def clean_weekday(self):
        chosen = self.cleaned_data["weekday"]
        self.other_days = range(1, 5) if chosen == self.WEEKDAYS else ()
        return 0 if chosen == self.WEEKDAYS else int(chosen)

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            for row in self.other_rows():
                row.full_clean()
        return cleaned

    def other_rows(self):
        times = {name: self.cleaned_data[name] for name in ("opens_at", "closes_at")}
        return [OfficeHours(weekday=day, **times) for day in self.other_days]


@admin.register(OfficeHours)
class OfficeHoursAdmin(admin.ModelAdmin):
    """Every change updates which times of day the form offers, and promises an answer to who waits."""

    list_display = ["weekday", "opens_at", "closes_at"]
    list_display_links = ["weekday", "opens_at"]
    formfield_overrides = CLOCK_TIMES

    def get_form(self, request, obj=None, change=False, **kwargs):
        if not change:
            kwargs["form"] = NewHoursForm
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            OfficeHours.objects.bulk_create(form.other_rows())
        reply_times.remember_offered_times()
        reply_times.promise_the_waiting()

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
