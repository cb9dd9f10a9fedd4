"""The clinic's own facts as pages say them, each for a code such as `{clinic-price}`: settings.PAGE_WORDS.

All are empty until staff enter them; a sentence or list item around an empty one is not shown.
"""

from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.caching import site_facts
from content.models import Clinic

MEDI_CAL = {
    Clinic.TakesMediCal.YES: _("We take Medi-Cal."),
    Clinic.TakesMediCal.NO: _("We don’t take Medi-Cal."),
    Clinic.TakesMediCal.ASK: _("Whether we can take Medi-Cal depends on your plan, so ask before you book."),
}

FIELDS = {  # which fields of the record each code says
    "clinic": ("phone",),
    "clinic-text": ("text_number",),
    "clinic-price": ("first_session_price",),
    "clinic-insurers": ("insurers",),
    "clinic-medi-cal": ("takes_medi_cal",),
    "clinic-insurance-unknown": ("insurers", "takes_medi_cal"),
    "clinic-ages": ("ages_seen",),
    "clinic-ages-unknown": ("ages_seen",),
    "clinic-medicine": ("prescribes", "medicine_elsewhere"),
    "clinic-medicine-unknown": ("prescribes",),
    "clinic-languages": ("languages",),
    "clinic-languages-unknown": ("languages",),
}


def name():
    return site_facts.at_hand().clinic.name


def phone():
    """Return the clinic's number as a link."""
    clinic = site_facts.at_hand().clinic
    return clinic.phone and format_html('<a href="{}">{}</a>', clinic.phone_href, clinic.phone)


def text_number():
    """Return the clinic's number for texts as a link."""
    clinic = site_facts.at_hand().clinic
    return clinic.text_number and format_html('<a href="{}">{}</a>', clinic.text_href, clinic.text_number)


def price():
    return site_facts.at_hand().clinic.first_session_price


def insurers():
    return site_facts.at_hand().clinic.insurers


def medi_cal():
    return str(MEDI_CAL.get(site_facts.at_hand().clinic.takes_medi_cal, ""))


def insurance_unknown():
    """Say that nobody has entered yet which insurance is taken, for a question that needs an answer."""
    clinic = site_facts.at_hand().clinic
    if clinic.insurers or clinic.takes_medi_cal:
        return ""
    return gettext(
        "Name your plan when you write: what we take isn’t on this page yet. These lines can help now."
    )


def ages():
    return site_facts.at_hand().clinic.ages_seen


def ages_unknown():
    """Say that nobody has entered yet who is seen, for a question that needs an answer."""
    return "" if ages() else gettext("Say your age when you write: whom we see isn’t on this page yet.")


def medicine():
    """Return whether the clinic prescribes, and if not, where people go instead."""
    clinic = site_facts.at_hand().clinic
    if clinic.prescribes == Clinic.Prescribes.YES:
        return gettext("We can prescribe medicine for opioid addiction.")
    if clinic.prescribes == Clinic.Prescribes.NO:
        sentence = gettext("We don’t prescribe medicine for opioid addiction.")
        return f"{sentence} {clinic.medicine_elsewhere}".strip()
    return ""


def medicine_unknown():
    """Say that nobody has entered yet whether the clinic prescribes."""
    return "" if medicine() else gettext("Ask us if we prescribe it too: that isn’t on this page yet.")


def languages():
    return site_facts.at_hand().clinic.languages


def languages_unknown():
    """Say that nobody has entered yet which languages are spoken."""
    return (
        "" if languages() else gettext("Ask for your language: what our team speaks isn’t on this page yet.")
    )
