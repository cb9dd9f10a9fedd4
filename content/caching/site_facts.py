"""The shared facts as templates and pages use them, kept in memory; the crisis lines survive any failure."""

import logging
from dataclasses import dataclass, field

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.utils.translation import get_language

from content.caching import navigation
from content.caching.memory import last, remembered
from content.models import Clinic, GlossaryTerm, Helpline, Notice, PageSettings, SiteSettings, Source

logger = logging.getLogger(__name__)
KEY = "site facts"

# The two lines that every page must carry, even when nothing can be read. Source: content brief 2.5.
CRISIS_LINE_IN_SPANISH = {
    "name": "Línea de Prevención del Suicidio y Crisis",
    "phone_note": "y oprima 2",
    "sms_body": "AYUDA",
}
CRISIS_LINES = (
    Helpline(
        slug="911",
        name="Emergency services",
        phone="911",
        sms_number="911",
        is_published=True,
        is_in_footer=True,
        words={"es": {"name": "Emergencias"}},
    ),
    Helpline(
        slug="988",
        name="Suicide & Crisis Lifeline",
        phone="988",
        sms_number="988",
        is_published=True,
        words={"es": CRISIS_LINE_IN_SPANISH},
    ),
)


@dataclass(frozen=True)
class Facts:
    """What many pages share. Threads share it too: read it, never change it."""

    helplines: dict  # by slug, unpublished ones too
    clinic: Clinic  # an unsaved one with only its name while staff have entered nothing
    sources: dict  # by slug
    topics: list  # the live pages in their order
    glossary: list  # the terms that pages explain
    notice: Notice | None = None  # what all pages say now
    asks_if_helpful: bool = False
    site: SiteSettings = field(default_factory=SiteSettings)  # how the site looks and speaks


def current():
    """Return the Facts of now, from memory while they hold. Raises django.db.Error if they cannot be read."""
    return remembered(KEY, _read)


def at_hand():
    """Return the Facts without ever failing: when the database is down the last ones, or the crisis lines."""
    try:
        return current()
    except DatabaseFailure:
        logger.error("The shared facts cannot be read; showing the last known ones.")
        return last_known()


def last_known():
    """Return the Facts that this process read last, or the crisis lines; asks nobody, so it cannot fail."""
    return last(KEY) or Facts(_crisis_lines(), Clinic(), {}, [], [])


def _read():
    return Facts(
        helplines=_crisis_lines() | {line.slug: _shown(line) for line in _lines()},
        clinic=Clinic.objects.first() or Clinic(),
        sources={source.slug: source for source in Source.objects.all()},
        topics=navigation.topics(),
        glossary=list(GlossaryTerm.objects.select_related("source")),
        notice=Notice.objects.current().first(),
        asks_if_helpful=PageSettings.objects.filter(asks_if_helpful=True).exists(),
        site=SiteSettings.objects.first() or SiteSettings(),
    )


def _lines():
    return Helpline.objects.select_related("replaced_by")


def _shown(line):
    """Return the line that pages show where they name `line`; it knows which one it stands for."""
    if not line.replaced_by or line.is_published:
        return line
    line.replaced_by.stands_for = line.pk
    return line.replaced_by


def _crisis_lines():
    return {line.slug: line for line in CRISIS_LINES}


def for_templates(helplines):
    """Return `helplines` and `footer_helplines` for templates: only those that it may show."""
    words = in_language(helplines, get_language())
    shown = {slug: line for slug, line in words.items() if line.is_published}
    footer = {line.slug: line for line in shown.values() if line.is_in_footer}  # a replacement only once
    return {"helplines": shown, "footer_helplines": list(footer.values())}


def in_language(helplines, code):
    """Return `helplines` with the words that pages in the language `code` say."""
    if code == settings.LANGUAGE_CODE:
        return helplines
    return {slug: line.in_language(code) for slug, line in helplines.items()}
