"""What the models that staff type share: no text of theirs keeps a mark that no screen shows."""

from django.db import models

from content.models.rich_text import RichTextField
from content.readability.visible_text import as_read, without_marks


class TypedModel(models.Model):
    """A record typed by staff. Phones add marks to what is copied: an address with one leads nowhere.

    Rich text has a sanitizer of its own.
    """

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if not isinstance(field, RichTextField):
                setattr(self, field.attname, _typed(value))
        super().clean_fields(exclude)


def _typed(value):
    """Return a text, or the texts in other languages, as they were meant; anything else as it is."""
    if isinstance(value, dict):
        return {name: _typed(each) for name, each in value.items()}
    if not isinstance(value, str):
        return value
    return without_marks(value) if as_read(value).strip() else ""
