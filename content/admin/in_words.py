"""What the question before a shared fact changes calls a field and its values. Used by published_facts.py."""

from datetime import datetime

from django.db.models import Model
from django.forms import ModelChoiceField, TypedChoiceField
from django.utils import timezone
from django.utils.formats import date_format

from content.admin.words_in_languages import OTHER_LANGUAGES
from content.models import Source


def label(field, name):
    """Return what the form calls `field`, with its language where another one has the same name."""
    languages = [each for code, each in OTHER_LANGUAGES if name.endswith(f"_{code}")]
    return ", ".join([str(field.label), *(each for each in languages if each not in str(field.label))])


def value_of(field, value):
    """Return what a reader would call `value` of `field`: the words of a choice, the moment, yes or no."""
    if type(field) is TypedChoiceField:
        return str(dict(field.choices).get(value) or _shown(value))
    if type(field) is ModelChoiceField and value and not isinstance(value, Model):
        value = field.queryset.filter(pk=value).first()
    return field.in_words(value) if hasattr(field, "in_words") else _shown(value)


def _shown(value):
    if isinstance(value, Source):
        return value.title  # its name is a code
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, (list, tuple)) or hasattr(value, "all"):
        return ", ".join(map(str, value)) or "nothing"
    return "nothing" if value in (None, "") else str(value)
