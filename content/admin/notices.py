"""Admin of the site notice: words in every language, a start and an end, checked like a page."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from content.admin import site_words
from content.admin.base import AuditedAdmin, UncutForm
from content.admin.published_facts import PublishedFact, all_live
from content.admin.words_in_languages import OTHER_LANGUAGES
from content.models import Notice


class NoticeForm(UncutForm):
    """The notice with a field for its words in each other language, such as `text_es`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"shown_from", "shown_until"} & set(self.fields):
            _name_parts(self.fields[name])
            self.fields[name].help_text = f"California time. {self.fields[name].help_text}".strip()
        for code, name in OTHER_LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=f"Text in {name}",
                max_length=Notice._meta.get_field("text").max_length,
                initial=self.instance.words.get(code, ""),
                widget=forms.TextInput({"class": "vTextField", "lang": code}),
            )
        self.uncut()

    def clean(self):
        cleaned = super().clean()
        for name, code in (("text", settings.LANGUAGE_CODE), *((f"text_{c}", c) for c, _ in OTHER_LANGUAGES)):
            for message in site_words.news_errors(cleaned.get(name) or "", code):
                self.add_error(name, message)
        self.instance.words = {code: cleaned.get(f"text_{code}", "") for code, _ in OTHER_LANGUAGES}
        return cleaned


def _name_parts(field):
    """Say which of two boxes is the date and which the time: their one label belongs to neither."""
    for widget, part in zip(field.widget.widgets, ("date", "time"), strict=True):
        widget.attrs["aria-label"] = f"{field.label}, {part}"


@admin.register(Notice)
class NoticeAdmin(PublishedFact, AuditedAdmin):
    form = NoticeForm
    change_form_template = "admin/content/notice/change_form.html"
    may_put_back = False  # what is over is over
    frame_errors = staticmethod(site_words.office_errors)
    list_display = ["text", "shown_from", "shown_until", "state"]

    def get_form(self, request, obj=None, **kwargs):
        """Leave the words in other languages to NoticeForm: they are no fields of the model."""
        fixed = self.get_readonly_fields(request, obj)
        fields = [name for name in ("text", "shown_from", "shown_until") if name not in fixed]
        return super().get_form(request, obj, **kwargs | {"fields": fields})

    def frame_fields(self, notice):
        return ("text",)

    def pages_of(self, notice):
        """Return all live pages for a notice that is shown or will be."""
        return all_live(notice) if notice.shown_until > timezone.now() else []

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        notice = self.get_object(request, object_id) if object_id else None
        is_shown = bool(notice and notice.is_shown and self.has_change_permission(request, notice))
        if is_shown and "_end_now" in request.POST:
            return self._end(request, notice)
        return super().changeform_view(
            request, object_id, form_url, (extra_context or {}) | {"is_shown": is_shown}
        )

    def _end(self, request, notice):
        notice.shown_until = timezone.now()
        notice.save()
        self._log(request, notice, "ended now")
        messages.success(request, "The notice is over. No page shows it any more.")
        return HttpResponseRedirect(reverse("admin:content_notice_changelist"))

    def get_fields(self, request, obj=None):
        may_change = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        others = [f"text_{code}" for code, _ in OTHER_LANGUAGES] if may_change else []
        return ["text", *others, "shown_from", "shown_until"]

    @admin.display
    def state(self, notice):
        if notice.is_shown:
            return "shown now" if notice == Notice.objects.current().first() else "hidden by a newer one"
        return "over" if notice.shown_until <= timezone.now() else "waiting"
