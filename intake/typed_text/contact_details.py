"""Reads and judges phone numbers and email addresses leniently. Used by forms, storing, search, messages.

Nothing here refuses: people write numbers in many ways, and a wrong refusal loses someone who asked for help.
"""

import re
from enum import StrEnum

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from intake import typed_text

HOME_COUNTRY = "US"
FOREIGN_ZEROS = re.compile(r"(?<![\d+])\+?00(?=[ .()-]*[1-9](?:[ .()-]*\d){7})")  # as in 0044 20 7946 0958
EXTENSION_WORDS = re.compile(
    r"(?i)(?<=\d)[,;]{1,3}(?=\d{1,6}#?\s*$)"  # as telephones write a pause: 818-555-0100,,212#
    r"|[\s,;/(\[-]*\b(?:local|loc|ext|extn|extension|extensión|anexo|interno|int|x)(?:\b|(?=\d))"
    r"[\s.:#-]*(?:\b(?:number|no|número|núm)\b[\s.:#-]*)?(?=\d)"
)
WHOLE_NUMBER = re.compile(r"(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}(?!\d)")
SEPARATORS = re.compile(r"(?<=\d)\s*[·•∙⋅‧_|\\]\s*(?=\d)")  # as in 818•555•0100
LONGEST_NUMBER = 18  # digits, with a country and an extension; what has more is two numbers
FEWEST_DIGITS = 4  # from the end of a number, with which its owner may name it
LONGEST_FORM = 100  # characters; what is longer is no phone number
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


class Doubt(StrEnum):
    """Why a number or an address is shown back with a question."""

    INCOMPLETE = "incomplete"
    SEVERAL = "several"
    OTHER_KIND = "other kind"  # an address where a number belongs, or the other way round
    ACCENT = "accent"


def read_phone(text):
    """Return the one phone number in what was typed, its extension with it; None for none or several.

    Words around it ("(mom)", "cell") are no part of it, nor are letters ever turned into digits: a link must
    not dial a number that nobody typed.
    """
    found = _numbers(text)
    return found[0] if len(found) == 1 else None


def _numbers(text):
    plain = typed_text.with_plain_digits(typed_text.one_word(text[:LONGEST_FORM]))
    plain = SEPARATORS.sub("-", FOREIGN_ZEROS.sub("+", plain))
    plain = EXTENSION_WORDS.sub(_extension, plain)
    return [match.number for match in phonenumbers.PhoneNumberMatcher(plain, HOME_COUNTRY)]


def _extension(word):
    """Return what stands for a word such as “ext”: before a whole number it leads to no extension."""
    return " or " if WHOLE_NUMBER.match(word.string, word.end()) else " ext. "


def doubt_about_phone(text):
    """Return why `text` is unlikely to hold the one number to call from California; empty if it is likely."""
    found = _numbers(text)
    if len(found) == 1:
        return ""
    if len(found) > 1 or len(typed_text.digits(text)) > LONGEST_NUMBER:
        return Doubt.SEVERAL
    return Doubt.OTHER_KIND if "@" in text else Doubt.INCOMPLETE


def phone_href(text):
    """Return the `tel:` link for the number in `text`, or nothing where it is not certain."""
    number = read_phone(text)
    if number is None:
        return ""
    extension = f";ext={number.extension}" if number.extension else ""
    return f"tel:{_e164(number)}{extension}"


def sms_href(text):
    """Return the link for a text message to the number in `text`; nobody behind an extension gets one."""
    number = read_phone(text)
    return f"sms:{_e164(number)}" if number and not number.extension else ""


def doubt_about_email(text):
    """Return why email to `text` is unlikely to arrive; empty if it is likely."""
    if text.count("@") > 1:
        return Doubt.SEVERAL
    if "@" not in text and _numbers(text):
        return Doubt.OTHER_KIND
    try:
        validate_email(text)
    except ValidationError:
        return Doubt.INCOMPLETE if text.isascii() else Doubt.ACCENT
    return Doubt.INCOMPLETE if text.lower().endswith(MISTYPED_ENDINGS) else ""


def normal_phone(text):
    """Return one spelling for all ways to write the same number: +18185550100, else only its digits."""
    number = read_phone(text)
    return _e164(number) if number else typed_text.digits(text)


def digits_of_each_number(text):
    """Return the digits of every number in `text`; when none can be read, all that are there."""
    return [typed_text.digits(_e164(number)) for number in _numbers(text)] or [typed_text.digits(text)]


def normal_email(text):
    """Return one spelling for all ways to write the same address."""
    return typed_text.email_address(text).lower()


def _e164(number):
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
