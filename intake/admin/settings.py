"""What owners set about messages in the admin: settings, and words for calls."""

from django import forms
from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils import timezone

from intake import reply_times, retention
from intake.admin.bases import SingletonAdmin
from intake.models import IntakeSettings, Script
from intake.outbox import emails
from intake.receiving import danger_words


class IntakeSettingsForm(forms.ModelForm):
    """Shows the phrases that are shipped, and stores only those that owners changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in danger_words.SHIPPED:
            self.initial[name] = danger_words.phrases(self.instance, name)

    def clean(self):
        cleaned = super().clean()
        for name, shipped in danger_words.SHIPPED.items():
            if cleaned.get(name, "").split() == shipped.split():
                cleaned[name] = ""
        return cleaned


DAYS_OF_MESSAGES = ["keep_open_days", "keep_finished_days", "keep_spam_days"]


@admin.register(IntakeSettings)
class IntakeSettingsAdmin(SingletonAdmin):
    form = IntakeSettingsForm
    fieldsets = [
        ("On the form", {"fields": ["reply_time", "answers_in_spanish", "tries", "caller_id", "next_step"]}),
        ("Reply promise", {"fields": ["reply_minutes", "alarm_percent", "second_person", "is_one_person"]}),
        (
            "Words of danger",
            {
                "fields": [
                    "danger_guide",
                    "is_danger_guide_confirmed",
                    "overdose_phrases",
                    "suicide_phrases",
                    "harmless_phrases",
                ],
                "description": "A message with one of these phrases goes before everything else. Nothing is"
                " refused because of them.",
            },
        ),
        (
            "Emails",
            {
                "fields": list(IntakeSettings.MAIL_FIELDS),
                "description": "The email with the reference to those who asked for it, and the one to staff"
                " about a new message. Whoever holds the phone sees them.",
            },
        ),
        ("What senders can do", {"fields": ["can_delete"]}),
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


@admin.register(Script)
class ScriptAdmin(admin.ModelAdmin):
    """Staff change the words; owners add others. Each script belongs to one safety wish for good."""

    list_display = ["use", "language", "title", "words"]
    list_filter = ["language", "use"]
    fields = ["use", "language", "title", "words"]

    def get_readonly_fields(self, request, obj=None):
        return ["use", "language"] if obj else []
