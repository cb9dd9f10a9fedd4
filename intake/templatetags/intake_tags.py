"""Template tags of the intake app: crisis lines that are always there, and words in any direction."""

import re
import unicodedata
from types import SimpleNamespace

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

register = template.Library()

# Shown when the records are unavailable (an error page while the database is down): these never change.
ALWAYS_THERE = {
    "911": SimpleNamespace(name="911", number="911", tel_href="tel:911"),
    "988": SimpleNamespace(
        name="988", number="988", tel_href="tel:988", sms_number="988", sms_href="sms:988"
    ),
}


@register.simple_tag(takes_context=True)
def helpline(context, slug):
    """Return the helpline, from staff's records where available; None when it is not shown."""
    records = context.get("helplines") or {}
    return records.get(slug) or ALWAYS_THERE.get(slug)


NUMBER = re.compile(r"[+(]?\d[\d ().+/:-]*\d")


@register.filter
def numbers_apart(text):
    """Keep the numbers in words that run from right to left: without it 213-373 is shown as 373-213."""
    if not any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        return text
    apart, last = [], 0
    for number in NUMBER.finditer(text):
        apart += [escape(text[last : number.start()]), format_html('<bdi dir="ltr">{}</bdi>', number.group())]
        last = number.end()
    return mark_safe("".join([*apart, escape(text[last:])]))  # noqa: S308 - each part is escaped


@register.simple_tag
def filled(script, name, number):
    """Return the words of `script` with the person's first name and our number."""
    return script.filled(name, number or "")


@register.simple_tag
def fill_number(form, number):
    """Put our number into the words of an email that staff are about to write."""
    if number and "body" in form.initial:
        form.initial["body"] = form.initial["body"].replace("[our number]", number)
    return ""
