"""Template tag of the intake app: crisis lines that are always there."""

from types import SimpleNamespace

from django import template

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


@register.simple_tag
def filled(script, name, number):
    """Return the words of `script` with the person's first name and our number."""
    return script.filled(name, number or "")
