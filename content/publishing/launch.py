"""What must not go live yet: called by `check_pages --launch`.

The publishing checks tell a wrong text; this tells a right one that nobody has signed, opened or called for.
"""

from dataclasses import dataclass

from content import publishing
from content.models import Clinic, Clinician, Helpline, Source
from content.reminders import expiring_facts
from content.rendering import usage

WAITS = "WAITS"  # how the note of a helpline begins that somebody must call before it is shown


@dataclass(frozen=True)
class Point:
    """One thing to do: `about` is a page, a source, a helpline or the clinic; `kind` says which."""

    kind: str
    about: str
    text: str


def open_points():
    """Return every `Point` that is left, those of the text first."""
    uses = usage.all_uses().sources
    return [*_unsigned_pages(), *_unread_sources(uses), *_ending_facts(uses), *_helplines(), *_clinic()]


def _unsigned_pages():
    for version in publishing.asking_for_sign_off():
        yield Point("page", version.page.path, "No clinician has signed off this text.")


def _unread_sources(uses):
    for source in Source.objects.exclude(verification="seen"):
        pages = sorted({use.page.path for use in uses.get(source.slug, []) if use.where == "live"})
        if pages:
            yield Point(
                "source",
                f"[{source}]",
                f"Nobody has read it at {source.url}. It stands on {', '.join(pages)}.",
            )


def _ending_facts(uses):
    for fact in expiring_facts.due(uses=uses):
        yield Point(
            "fact", f"[{fact.source}]", f"What it says holds until {fact.source.expires_on}: look again."
        )


def _helplines():
    for line in Helpline.objects.filter(is_published=False, check_note__startswith=WAITS):
        yield Point(
            "helpline", line.name, f"It is not shown. {line.check_note.removeprefix(WAITS).strip('. ')}"
        )
    for line in Helpline.objects.filter(is_published=True, checked_on=None):
        yield Point("helpline", line.name, "It is shown, and nobody has checked it.")


def _clinic():
    clinic = Clinic.objects.first() or Clinic()
    needed = {
        "Enter a phone number, so that people know how to reach you.": clinic.phone,
        "Enter the license number.": clinic.license_number,
        "Enter the price of a first session, the insurance plans or Medi-Cal.": clinic.first_session_price
        or clinic.insurers
        or clinic.takes_medi_cal,
        "Say which ages you see.": clinic.ages_seen,
        "Say whether you prescribe medicine, and if not, where people get it.": clinic.prescribes,
        "Say which languages you speak.": clinic.languages,
        "Add the clinician who signs off these pages.": Clinician.objects.filter(is_active=True).exists(),
    }
    yield from (Point("clinic", "Clinic", text) for text, is_there in needed.items() if not is_there)
    if clinic.phone and not clinic.who_answers:
        yield Point("clinic", "Clinic", "Say who answers the phone.")
