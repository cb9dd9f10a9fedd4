"""The shared facts as templates and pages use them; the crisis lines survive a database that is down."""

import logging

from django.db import DatabaseError

from content.models import Clinic, Helpline, Source

logger = logging.getLogger(__name__)

# The two lines that every page must carry, even when nothing can be read. Source: content brief 2.5.
CRISIS_LINES = (
    Helpline(slug="911", name="Emergency services", phone="911", is_published=True, is_in_footer=True),
    Helpline(slug="988", name="Suicide & Crisis Lifeline", phone="988", sms_number="988", is_published=True),
)


def all_helplines():
    """Return every Helpline by slug, unpublished ones too; the crisis lines alone if the database is down."""
    try:
        return {line.slug: line for line in CRISIS_LINES} | {line.slug: line for line in Helpline.objects.all()}
    except DatabaseError:
        logger.error("Helplines cannot be read; showing the built-in crisis lines.")
        return {line.slug: line for line in CRISIS_LINES}


def for_templates(helplines):
    """Return `helplines` and `footer_helplines` for templates: only those that the site may show."""
    shown = {slug: line for slug, line in helplines.items() if line.is_published}
    return {"helplines": shown, "footer_helplines": [line for line in shown.values() if line.is_in_footer]}


def clinic():
    """Return the one Clinic; an unsaved one with only its name while staff have entered nothing."""
    try:
        return Clinic.objects.first() or Clinic()
    except DatabaseError:
        return Clinic()


def all_sources():
    """Return every Source by slug."""
    return {source.slug: source for source in Source.objects.all()}
