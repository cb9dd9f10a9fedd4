"""Reads and judges phone numbers and email addresses leniently. Used by forms, storing, search, messages.

Nothing here refuses: people write numbers in many ways, and a wrong refusal loses someone who asked for help.
"""

import re
import unicodedata
from enum import StrEnum

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from intake import typed_text
from intake.typed_text import AN_ADDRESS

HOME_COUNTRY = "US"
FOREIGN_ZEROS = re.compile(r"(?<![\d+])\+?00(?=[ .()-]*[1-9](?:[ .()-]*\d){7})")  # as in 0044 20 7946 0958
EXTENSION_WORDS = re.compile(
    r"(?i)(?<=\d)[,;]{1,3}(?=\d{1,6}#?\s*$)"  # as telephones write a pause: 818-555-0100,,212#
    r"|[\s,;/(\[-]*\b(?:local|loc|ext|extn|extension|extensión|anexo|interno|int|x)(?:\b|(?=\d))"
    r"[\s.:#-]*(?:\b(?:number|no|número|núm)\b[\s.:#-]*)?(?=\d)"
)
WHOLE_NUMBER = re.compile(r"(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}(?!\d)")
A_TIME = r"\d{1,2}(?:\d|[:.]\d\d)?\s*(?:(?:[ap]\.?\s?m|h|hrs?)\b|(?:-|to|a)\s*\d{1,2}\b|:)|\d{1,2}:\d\d|24/7"
# What people write after one number for a second one that differs at the end: 818 555 0100 / 0101.
SECOND_ENDING = re.compile(
    rf"(?i)[\s)]*(?:[/\u2044|&+,;(-]|\b(?:or|and|o|u|y|e)\b)[\s(]*(?!{A_TIME})\d{{1,4}}\b"
)
LOCAL_NUMBER = re.compile(r"(?<!\d)\d{3}[\s.-]*\d{4}(?!\d)")
SEPARATORS = re.compile(r"(?<=\d)\s*[·•∙⋅‧_|\\]\s*(?=\d)")  # as in 818•555•0100
LONGEST_NUMBER = 18  # digits, with a country and an extension; what has more is two numbers
FEWEST_DIGITS = 4  # from the end of a number, with which its owner may name it
LONGEST_FORM = 100  # characters; what is longer is no phone number
# Where most people have their mailbox; an address one slip away from it leads nowhere, but for those below.
PROVIDERS = (
    "gmail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "icloud.com",
    "comcast.net",
    "verizon.net",
)
OF_THEIR_OWN = ("ymail.com", "mail.com", "email.com")
MISTYPED_COM = re.compile(r"\.(?:con|cmo|comm|coom|ocm|vom|xom|cpm|cim|clm)\Z")


class Doubt(StrEnum):
    """Why a number or an address is shown back with a question."""

    INCOMPLETE = "incomplete"
    SEVERAL = "several"
    OTHER_KIND = "other kind"  # an address where a number belongs, or the other way round
    ACCENT = "accent"
    MISSPELLED = "misspelled"  # well-formed, and leads nowhere
    SPELLED_OUT = "spelled out"  # as in “sam at example.org”


def read_phone(text):
    """Return the one phone number in what was typed, its extension with it; None for none or several.

    Words around it ("(mom)", "cell") are no part of it, nor are letters ever turned into digits: a link must
    not dial a number that nobody typed.
    """
    found = _numbers(text)
    return found[0] if len(found) == 1 else None


def _numbers(text):
    return [match.number for match in _matches(text)[1]]


def _matches(text):
    """Return `text` as it is read, and each phone number in it with its place."""
    plain = typed_text.with_plain_digits(typed_text.one_word(text[:LONGEST_FORM]))
    plain = SEPARATORS.sub("-", FOREIGN_ZEROS.sub("+", plain))
    plain = EXTENSION_WORDS.sub(_extension, plain)
    return plain, list(phonenumbers.PhoneNumberMatcher(plain, HOME_COUNTRY))


def _extension(word):
    """Return what stands for a word such as “ext”: before a whole number it leads to no extension."""
    return " or " if WHOLE_NUMBER.match(word.string, word.end()) else " ext. "


def doubt_about_phone(text):
    """Return why `text` is unlikely to hold the one number to call from California; empty if it is likely."""
    plain, found = _matches(text)
    if len(found) == 1:
        return Doubt.SEVERAL if _is_beside_another(plain, found[0]) else ""
    if len(found) > 1 or len(typed_text.digits(text)) > LONGEST_NUMBER:
        return Doubt.SEVERAL
    return Doubt.OTHER_KIND if "@" in text else Doubt.INCOMPLETE


def _is_beside_another(plain, found):
    """Whether more digits stand around a number that may be a second one, cut short."""
    before, after = plain[: found.start], plain[found.end :]
    return bool(SECOND_ENDING.match(after) or LOCAL_NUMBER.search(f"{before} {after}"))


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
    if intended_email(text):
        return Doubt.MISSPELLED
    try:
        validate_email(text)
    except ValidationError:
        return Doubt.INCOMPLETE if text.isascii() else Doubt.ACCENT
    return Doubt.ACCENT if _is_of_two_scripts(text) else ""


def _is_of_two_scripts(text):
    """Whether Cyrillic or Greek letters, of which some look like ours, stand among Latin ones."""
    scripts = {unicodedata.name(each, "").split(" ")[0] for each in text if each.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})


def intended_email(text):
    """Return the address that somebody most likely meant by a misspelled one; empty if it may be right."""
    name, at, typed = text.rpartition("@")
    domain = MISTYPED_COM.sub(".com", re.sub("[.,;]+", ".", typed.lower()))
    if domain not in OF_THEIR_OWN:
        domain = next((each for each in PROVIDERS if _is_one_slip(domain, each)), domain)
    meant = f"{name}@{domain}"
    return meant if at and domain != typed.lower() and AN_ADDRESS.fullmatch(meant) else ""


def _is_one_slip(typed, meant):
    """Whether one letter is too many, missing, another, or in the wrong place."""
    fewer, fewer_meant = _without_a_letter(typed), _without_a_letter(meant)
    return bool(fewer & fewer_meant) or meant in fewer or typed in fewer_meant


def _without_a_letter(text):
    return {text[:place] + text[place + 1 :] for place in range(len(text))}


def normal_phone(text):
    """Return one spelling for all ways to write the same number: +18185550100, else only its digits."""
    number = read_phone(text)
    return _e164(number) if number else typed_text.digits(text)


def digits_of_each_number(text):
    """Return the digits of every number in `text`, and all that are there when one cannot be read whole."""
    plain, found = _matches(text)
    each = [typed_text.digits(_e164(match.number)) for match in found]
    is_all = len(found) == 1 and not _is_beside_another(plain, found[0])
    return each if is_all or len(found) > 1 else [*each, typed_text.digits(text)]


def normal_email(text):
    """Return one spelling for all ways to write the same address."""
    return typed_text.email_address(text).lower()


def _e164(number):
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
