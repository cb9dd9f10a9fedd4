"""Judges phone numbers and email addresses leniently. Used by forms.py, storing.py, search.py.

Nothing here refuses: people write numbers in many ways, and a wrong refusal loses someone who asked for help.
"""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

HOME_COUNTRY = "US"
# Endings of mistyped addresses that are well-formed and lead nowhere.
MISTYPED_ENDINGS = (
    ".con",
    ".cmo",
    ".comm",
    "@gmial.com",
    "@gmai.com",
    "@gmail.co",
    "@yaho.com",
    "@hotmial.com",
)


def is_doubtful_phone(text):
    """Say whether `text` is unlikely to be a phone number that can be called from California."""
    number = _parse(text)
    return number is None or not phonenumbers.is_valid_number(number)


def is_doubtful_email(text):
    """Say whether email to `text` is unlikely to arrive."""
    try:
        validate_email(text)
    except ValidationError:
        return True
    return text.lower().endswith(MISTYPED_ENDINGS)


def normal_phone(text):
    """Return one spelling for all ways to write the same number: +18185550100, else only its digits."""
    number = _parse(text)
    if number is None:
        return "".join(character for character in text if character.isdigit())
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normal_email(text):
    """Return one spelling for all ways to write the same address."""
    return text.strip().lower()


def _parse(text):
    try:
        return phonenumbers.parse(text, HOME_COUNTRY)
    except phonenumbers.NumberParseException:
        return None
