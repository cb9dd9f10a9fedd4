"""What the models that staff type share: no text of theirs keeps a mark that no screen shows."""

import re

from django.core.exceptions import ValidationError
from django.db import models

from content.models.rich_text import RichTextField
from content.readability.visible_text import as_read, without_marks

CODE = re.compile(r"\{[a-z0-9]+(?:-[a-z0-9]+)*(?::[a-z]+)?\}")
NO_CODES = "A code such as {} works only in the texts of pages. Write the words or the number itself."


class TypedModel(models.Model):
    """A record typed by staff. Phones add marks to what is copied: an address with one leads nowhere.

    Rich text has a sanitizer of its own.
    """

    # The fields in which pages read a code such as {988}, None for all: elsewhere it would be shown as it is.
    code_fields = ()

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if not isinstance(field, RichTextField):
                setattr(self, field.attname, _typed(value))
        super().clean_fields(exclude)
        self._refuse_unread_codes(exclude or ())

    def _refuse_unread_codes(self, exclude):
        texts = {field.name: getattr(self, field.attname) for field in self._meta.concrete_fields}
        found = {name: code_problem(type(self), name, text) for name, text in texts.items()}
        if wrong := {name: problem for name, problem in found.items() if problem and name not in exclude}:
            raise ValidationError(wrong)


def code_problem(model, name, text):
    """Say that the field `name` of `model` takes no code, if there is one in `text`; else ""."""
    if not isinstance(text, str) or model.code_fields is None or name in model.code_fields:
        return ""
    code = CODE.search(text)
    return NO_CODES.format(code[0]) if code else ""


def _typed(value):
    """Return a text, or the texts in other languages, as they were meant; anything else as it is."""
    if isinstance(value, dict):
        return {name: _typed(each) for name, each in value.items()}
    if not isinstance(value, str):
        return value
    return without_marks(value) if as_read(value).strip() else ""
