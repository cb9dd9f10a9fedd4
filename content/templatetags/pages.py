"""How pages say a day, in the language of the page. Used by the templates of visitors."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext

register = template.Library()


@register.filter
def day(value):
    """Return the day of `value` as people write it: November 27, 2026."""
    return date_format(value, gettext("F j, Y")) if value else ""
