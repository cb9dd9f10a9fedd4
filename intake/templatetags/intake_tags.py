"""Template tags of the intake app: the form under a page, and crisis lines that are always there."""

from types import SimpleNamespace

from django import template

from intake.forms import MessageForm
from intake.models import IntakeSettings

register = template.Library()

# Shown when the records are unavailable (an error page while the database is down): these never change.
ALWAYS_THERE = {
    "911": SimpleNamespace(name="911", number="911", tel_href="tel:911"),
    "988": SimpleNamespace(
        name="988", number="988", tel_href="tel:988", sms_number="988", sms_href="sms:988"
    ),
}


@register.inclusion_tag("intake/message_section.html", takes_context=True)
def message_form(context, form=None):
    """Show the form: under a content page an empty one, on its own page the one of the view."""
    outer = context.flatten()
    settings = outer.get("intake_settings") or IntakeSettings.current()
    own = {"form": form or MessageForm(), "is_own_page": form is not None, "intake_settings": settings}
    own["form"].offer_times(settings.offered_times)
    return outer | own


@register.simple_tag(takes_context=True)
def helpline(context, slug):
    """Return the helpline, from staff's records where available; None when it is not shown."""
    records = context.get("helplines") or {}
    return records.get(slug) or ALWAYS_THERE.get(slug)
