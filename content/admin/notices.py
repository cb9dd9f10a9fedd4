"""Admin of the site notice: words in every language, a start and an end, checked like a page."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils import timezone
from django.utils.html import escape

from content import languages, page_checks
from content.admin.base import AuditedAdmin
from content.models import Notice
from content.page_checks.draft import PAGE_TEXTS

OTHER_LANGUAGES = [pair for pair in settings.LANGUAGES if pair[0] != settings.LANGUAGE_CODE]


class NoticeForm(forms.ModelForm):
    """The notice with a field for its words in each other language, such as `text_es`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, name in OTHER_LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=f"Text in {name}",
                max_length=Notice._meta.get_field("text").max_length,
                initial=self.instance.words.get(code, ""),
                widget=forms.TextInput({"class": "vTextField", "lang": code}),
            )

    def clean(self):
        cleaned = super().clean()
        for name, code in (("text", settings.LANGUAGE_CODE), *((f"text_{c}", c) for c, _ in OTHER_LANGUAGES)):
            for message in _errors(cleaned.get(name) or "", code):
                self.add_error(name, message)
        self.instance.words = {code: cleaned.get(f"text_{code}", "") for code, _ in OTHER_LANGUAGES}
        return cleaned


def _errors(text, code):
    """Return what the page checks find wrong in `text`, as if it stood on a page of the language `code`."""
    block = {"kind": "text", "heading": "", "body": f"<p>{escape(text)}</p>"}
    page = dict.fromkeys(PAGE_TEXTS, "") | {"path": languages.home(code)}
    snapshot = {"page": page, "blocks": [block]}
    found = page_checks.check(snapshot, page_checks.Surroundings.read())
    return [
        f"{each.message} ({each.text})" if each.text else each.message
        for each in page_checks.errors(found)
        if each.block == 0
    ]


@admin.register(Notice)
class NoticeAdmin(AuditedAdmin):
    form = NoticeForm
    list_display = ["text", "shown_from", "shown_until", "state"]

    def get_form(self, request, obj=None, **kwargs):
        """Leave the words in other languages to NoticeForm: they are no fields of the model."""
        fixed = self.get_readonly_fields(request, obj)
        fields = [name for name in ("text", "shown_from", "shown_until") if name not in fixed]
        return super().get_form(request, obj, **kwargs | {"fields": fields})

    def get_fields(self, request, obj=None):
        may_change = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        others = [f"text_{code}" for code, _ in OTHER_LANGUAGES] if may_change else []
        return ["text", *others, "shown_from", "shown_until"]

    @admin.display
    def state(self, notice):
        now = timezone.now()
        if notice.shown_until <= now:
            return "over"
        return "waiting" if notice.shown_from > now else "shown now"
