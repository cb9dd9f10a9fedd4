"""The pieces that MessageForm is built from: forgiving fields.

Used by message.py; the forms of staff share the text field.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from intake import typed_text


class PlainTextField(forms.CharField):
    """Text as a person meant it: optional, and read by `read`, which takes out what no screen shows.

    The length counts characters after that. There is no maxlength attribute: browsers cut pasted text
    silently at it, and a person would send half a message without knowing.
    """

    def __init__(self, *, max_length, read=typed_text.cleaned, **kwargs):
        self.max_characters, self.read = max_length, read
        super().__init__(required=False, strip=True, **kwargs)

    def widget_attrs(self, widget):
        """Let words of Arabic or Hebrew start at the right; addresses and numbers never do."""
        is_words = self.read in (typed_text.cleaned, typed_text.one_line) and not widget.is_hidden
        return super().widget_attrs(widget) | ({"dir": "auto"} if is_words else {})

    def to_python(self, value):
        return super().to_python(self.read(str(value or "")))

    def bound_data(self, data, initial):
        """Return what a page with an error shows again: all that was typed, without what no screen shows."""
        return typed_text.cleaned(super().bound_data(data, initial) or "")

    def validate(self, value):
        too_many = len(value) - self.max_characters
        if too_many > 0:
            words = ngettext(
                "“{label}” is {number} character too long. Please shorten it to {most} characters.",
                "“{label}” is {number} characters too long. Please shorten it to {most} characters.",
                too_many,
            )
            most = f"{self.max_characters:,}"
            words = words.format(label=self.label, number=f"{too_many:,}", most=most)
            raise ValidationError(words, code="max_length")


class ForgivingChoiceField(forms.ChoiceField):
    """A choice that may be missing, or be one that only an old page offers: then it is the safest value."""

    def __init__(self, *, choices, safest, **kwargs):
        self.safest = safest
        super().__init__(choices=choices, required=False, **kwargs)

    def clean(self, value):
        chosen = typed_text.one_word(value or "")
        return chosen if chosen and self.valid_value(chosen) else self.safest


TICKED = ("on", "yes", "true", "True", "1")


class Checkbox(forms.CheckboxInput):
    """A box that takes “no” for no. By the name of its class templates know that it is a checkbox."""

    def value_from_datadict(self, data, files, name):
        """Not as Django's own box, which any word sets."""
        return data.get(name) in TICKED


class ClockField(forms.TimeField):
    """A time of day as people type it: “9 am”, “9:30 a.m.”, “noon”, “17:00”, “5.30pm”, “17h30”.

    A bare hour from 8 to 23 can mean one time only when an office is open. “5” may be either, so it is asked.
    """

    input_formats = ["%I%p", "%I:%M%p", "%H:%M", "%H:%M:%S"]
    default_error_messages = {"invalid": "Enter a time of day, such as 9 a.m. or 17:30."}
    WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "0:00"}

    def to_python(self, value):
        return super().to_python(self._plain(value) if isinstance(value, str) else value)

    def _plain(self, typed):
        """Return what was typed as the formats have it."""
        text = re.sub(r"\s", "", typed).lower()
        text = re.sub(r"^(\d{1,2})[.h](\d{2})", r"\1:\2", text)
        text = re.sub(r"^(\d{1,2})h$", r"\1:00", text).replace(".", "")
        if re.fullmatch("[0-9]{1,2}", text) and 8 <= int(text) <= 23:
            return f"{text}:00"
        return self.WORDS.get(text, text)
