"""What the records that staff type share: no text of theirs keeps a mark that no screen shows."""

from django.db import models

from intake import typed_text


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
