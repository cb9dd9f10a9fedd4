"""Forms of records that are said in several languages: a field for each word in each other language.

Used by helplines.py and site_settings.py; the model is a SaidInLanguages.
"""

from django import forms
from django.conf import settings

from content.admin.base import UncutForm
from content.models.typed import code_problem

OTHER_LANGUAGES = [pair for pair in settings.LANGUAGES if pair[0] != settings.LANGUAGE_CODE]


class WordsForm(UncutForm):
    """The record with a field for each of its words in each other language, such as `use_when_es`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        model = self._meta.model
        for name, code in words_in_languages(model):
            word = self.instance.words.get(code, {}).get(name, "")
            self.fields[f"{name}_{code}"] = _field(model._meta.get_field(name), code, word)
        self.uncut()

    def clean(self):
        cleaned = super().clean()
        words = {code: {} for code, _ in OTHER_LANGUAGES}
        for name, code in words_in_languages(self._meta.model):
            if word := cleaned.get(f"{name}_{code}"):
                words[code][name] = word
                if problem := code_problem(self._meta.model, name, word):
                    self.add_error(f"{name}_{code}", problem)
        self.instance.words = {code: said for code, said in words.items() if said}
        return cleaned


def _field(field, code, word):
    is_long = not field.max_length
    widget = forms.Textarea({"class": "vLargeTextField", "rows": 4}) if is_long else forms.TextInput()
    widget.attrs |= {"lang": code} if is_long else {"class": "vTextField", "lang": code}
    label, most = field.verbose_name.capitalize(), field.max_length
    return forms.CharField(label=label, required=False, max_length=most, initial=word, widget=widget)


def words_in_languages(model):
    return [(name, code) for code, _ in OTHER_LANGUAGES for name in model.WORD_FIELDS]


class WordsAdmin:
    """Before the admin of such a record; its form is a WordsForm and it has fieldsets."""

    def get_form(self, request, obj=None, **kwargs):
        """Leave the words in other languages to WordsForm: they are no fields of the model."""
        own = [name for _, options in self.fieldsets for name in options["fields"]]
        fixed = self.get_readonly_fields(request, obj)
        return super().get_form(request, obj, **kwargs | {"fields": [n for n in own if n not in fixed]})

    def get_fieldsets(self, request, obj=None):
        """Add a folded group for the words in each other language, for those who may change them."""
        shown = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return shown
        return [*shown, *(self._group_of(code, name) for code, name in OTHER_LANGUAGES)]

    def _group_of(self, code, name):
        fields = [f"{field}_{code}" for field in self.model.WORD_FIELDS]
        return f"In {name}", {"classes": ["collapse"], "fields": fields}
