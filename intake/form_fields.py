"""The pieces that MessageForm is built from: forgiving fields.

Used by forms.py; the forms of staff share the text field.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError

# What no keyboard types on purpose and no screen shows; line breaks and tabs stay.
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class PlainTextField(forms.CharField):
    """Text as a person meant it: optional, composed, with one kind of line break, without control characters.

    The length counts characters after that. There is no maxlength attribute: browsers cut pasted text
    silently at it, and a person would send half a message without knowing.
    """

    def __init__(self, *, max_length, **kwargs):
        self.max_characters = max_length
        super().__init__(required=False, strip=True, **kwargs)

    def to_python(self, value):
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(unicodedata.normalize("NFC", UNWANTED.sub("", text)))

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
