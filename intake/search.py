"""Finds messages by what a person says on the phone: reference, name, number or e-mail. Used by the admin.

A whole number or address is found among all messages through its keyed hash. A name, or a part of a number,
is compared with the decrypted text of the newest NEWEST messages. Hashes of name parts were not taken: first
names are so few that equal hashes would tell who shares a name with whom, and a mistyped name finds nothing.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Q

from intake.contact_details import normal_email, normal_phone
from intake.encryption import keyed_hashes
from intake.models import Submission

NEWEST = 3000  # messages that are decrypted for one search
MOST_FOUND = 50
FEWEST_DIGITS = 4
WHOLE_NUMBER_DIGITS = 7


@dataclass(frozen=True)
class Found:
    """Messages, newest first. `is_cut` says that there are more."""

    messages: list
    is_cut: bool


def find(text):
    """Return what fits `text`."""
    text = text.strip()
    if not text:
        return Found([], is_cut=False)
    keys = set(Submission.objects.filter(_by_index(text)).values_list("pk", flat=True)[: MOST_FOUND + 1])
    keys |= set(_by_reading(text))
    rows = Submission.objects.filter(pk__in=list(keys)[:500]).select_related("claimed_by")
    rows = list(rows.order_by("-received_at")[: MOST_FOUND + 1])
    return Found(rows[:MOST_FOUND], is_cut=len(rows) > MOST_FOUND)


def _by_index(text):
    """Return the condition for everything that the database can look up."""
    reference = re.sub(r"[\s-]", "", text).upper()
    condition = Q(reference=reference)
    if "@" in text:
        condition |= Q(email_hash__in=keyed_hashes("email", normal_email(text)))
    if len(_digits(text)) >= WHOLE_NUMBER_DIGITS:
        condition |= Q(phone_hash__in=keyed_hashes("phone", normal_phone(text)))
    return condition


def _by_reading(text):
    """Yield the keys of the newest messages whose decrypted name or number fits."""
    digits, is_number = _digits(text), not re.search(r"[^\W\d_]", text)
    if is_number and len(digits) < FEWEST_DIGITS:
        return
    field = "phone" if is_number else "name"
    newest = Submission.objects.order_by("-received_at").values_list("pk", field)[:NEWEST]
    words = _plain(text).split()
    for key, value in newest:
        fits = digits in _digits(value) if is_number else all(word in _plain(value) for word in words)
        if fits:
            yield key


def _digits(text):
    return "".join(character for character in text if character.isdigit())


def _plain(text):
    """Return `text` in small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in parts if not unicodedata.combining(character))
