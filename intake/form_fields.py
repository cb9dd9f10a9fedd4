"""The pieces that MessageForm is built from: forgiving fields.

Used by forms.py; the forms of staff share the text field.
"""

from django import forms
from django.core.exceptions import ValidationError

from intake import typed_text


class PlainTextField(forms.CharField):
    """Text as a person meant it: optional, and read by `read`, which takes out what no screen shows.

    The length counts characters after that. There is no maxlength attribute: browsers cut pasted text
    silently at it, and a person would send half a message without knowing.
    """

    def __init__(self, *, max_length, read=typed_text.cleaned, **kwargs):
        self.max_characters, self.read = max_length, read
        super().__init__(required=False, strip=True, **kwargs)

    def to_python(self, value):
        return super().to_python(self.read(str(value or "")))

    def validate(self, value):
        too_many = len(value) - self.max_characters
        if too_many > 0:
            raise ValidationError(
                f"“{self.label}” is {too_many:,} character{'s' if too_many > 1 else ''} too long."
                f" Please shorten it to {self.max_characters:,} characters.",
                code="max_length",
            )


class ForgivingChoiceField(forms.ChoiceField):
    """A choice that never stops a message: what is missing or unknown becomes the safest value."""

    def __init__(self, *, choices, safest, **kwargs):
        self.safest = safest
        super().__init__(choices=choices, required=False, **kwargs)

    def clean(self, value):
        return value if isinstance(value, str) and self.valid_value(value) else self.safest
