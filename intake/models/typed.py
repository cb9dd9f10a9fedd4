"""What the records that staff type share: no text of theirs keeps a mark that no screen shows."""

import re

from django.core.exceptions import ValidationError
from django.db import models

from intake import typed_text

CODE = re.compile(r"\{[a-z0-9]+(?:-[a-z0-9]+)*(?::[a-z]+)?\}")  # as pages read one; nothing here does
NO_CODES = "A code such as {} works only in the texts of pages. Write the words or the number itself."


class TypedModel(models.Model):
    """A record typed by staff. Its short fields stand in subjects of emails, so they have one line."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if isinstance(value, str):
                is_short = isinstance(field, models.CharField)
                read = typed_text.one_line if is_short else typed_text.cleaned
                setattr(self, field.attname, read(value))
        super().clean_fields(exclude)
        self._refuse_codes(exclude or ())

    def _refuse_codes(self, exclude):
        texts = {each.name: getattr(self, each.attname) for each in self._meta.concrete_fields}
        codes = {name: CODE.search(text) for name, text in texts.items() if isinstance(text, str)}
        wrong = {name: NO_CODES.format(code[0]) for name, code in codes.items() if code}
        if shown := {name: problem for name, problem in wrong.items() if name not in exclude}:
            raise ValidationError(shown)
