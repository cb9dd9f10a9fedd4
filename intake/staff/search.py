"""Finds messages by what a person says on the phone: reference, name, number or email. Used by the admin.

A whole number, address or reference is found among all messages through an index. A name, or a part of a
number, is compared with decrypted text, READ_AT_ONCE messages at a time, newest first; a button searches
older ones until all are read. What came later, from the sender or from staff, counts as what came first, and
a detail that was replaced is still found. Hashes of name parts are no solution: first names are so few that
equal hashes would reveal who shares a name with whom, and a mistyped name would find nothing.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Q

from intake import typed_text
from intake.models import Addition, ContactDetail, CopyReference, Submission, references

READ_AT_ONCE = 5000  # messages that are decrypted for one answer: about 0.1 seconds
READ_IN_A_STEP = 500
MAX_FOUND = 50
MIN_DIGITS = 4
WHOLE_NUMBER_DIGITS = 7


@dataclass(frozen=True)
class Reading:
    """Which of the messages that were read fit, and the oldest one read if there are older ones."""

    keys: tuple = ()
    last: int | None = None


@dataclass(frozen=True)
class Found:
    """Messages, newest first. With `older_than`, find() continues with those older than `back_to`."""

    messages: list
    is_cut: bool = False  # one number or address has more than fit
    older_than: int | None = None
    back_to: datetime | None = None


def find(text, *, older_than=None):
    """Return what fits `text`; with `older_than` of an earlier answer, among the messages before that."""
    text = text.strip()
    if not text:
        return Found([])
    listed = Submission.objects.order_by("-received_at").without_texts(but=["name"])
    known = [] if older_than else list(listed.filter(_by_index(text))[: MAX_FOUND + 1])
    reading = Reading() if _is_answered(text, known) else _read(text, older_than)
    more = listed.filter(pk__in=reading.keys).exclude(pk__in=[row.pk for row in known])
    last = Submission.objects.filter(pk=reading.last).values_list("received_at", flat=True).first()
    return Found([*known[:MAX_FOUND], *more], len(known) > MAX_FOUND, reading.last, last)


def _is_answered(text, known):
    """Whether no name or part of a number needs to be compared."""
    return "@" in text or bool(known and references.is_reference(references.read(text)))


def _by_index(text):
    """Return the condition for everything that the database can look up."""
    reference = references.read(text)
    of_copy = CopyReference.objects.filter(reference=reference).values("submission")
    condition = Q(reference=reference) | Q(pk__in=of_copy)
    keys = Submission.email_hashes(text) if "@" in text else []
    if len(typed_text.digits(text)) >= WHOLE_NUMBER_DIGITS:
        keys = [*keys, *Submission.phone_hashes(text)]
    return condition | Q(pk__in=Submission.objects.with_contact(*keys).values("pk")) if keys else condition


def _read(text, older_than):
    """Compare the decrypted names, or numbers, of the next messages, until enough of them fit."""
    is_number = not re.search(r"[^\W\d_]", text)
    if is_number and len(typed_text.digits(text)) < MIN_DIGITS:
        return Reading()
    fits, rows, keys = _comparison(text, is_number), Submission.objects.order_by("-pk"), []
    rows = rows.filter(pk__lt=older_than) if older_than else rows
    for count, (key, values) in enumerate(_texts(rows, is_number), start=1):
        if any(map(fits, values)):
            keys.append(key)
        if count == READ_AT_ONCE or len(keys) == MAX_FOUND:
            return Reading(tuple(keys), key if rows.filter(pk__lt=key).exists() else None)
    return Reading(tuple(keys))


def _texts(rows, is_number):
    """Yield each message's key with its names, or its numbers: the first one and what came later."""
    texts = rows.values_list("pk", "phone" if is_number else "name").iterator(chunk_size=READ_IN_A_STEP)
    while step := list(islice(texts, READ_IN_A_STEP)):
        later = _later_numbers(step[-1][0], step[0][0]) if is_number else {}
        for key, value in step:
            yield key, [value, *later.get(key, ())]


def _later_numbers(first, last):
    """Return {key of a message: [numbers that staff or the sender added]} for a stretch of keys."""
    stretch, found = {"submission__gte": first, "submission__lte": last}, {}
    for model, field in ((ContactDetail, "value"), (Addition, "text")):
        rows = model.objects.filter(kind=ContactDetail.Kind.PHONE, **stretch).order_by()
        for key, number in rows.values_list("submission", field):
            found.setdefault(key, []).append(number)
    return found


def _comparison(text, is_number):
    """Return the function that says whether a number, or a name, fits."""
    if is_number:
        digits = typed_text.digits(text)
        return lambda value: digits in typed_text.digits(value)
    words = _words_of_name(text).split()
    return lambda value: _has_all(words, _words_of_name(value))


def _words_of_name(text):
    """Return a name without what is written around its words: J.R., “Rivers, Sam”, Sam (a friend)."""
    return re.sub(r"[\W_]+", " ", typed_text.folded(text).replace(".", ""))


def _has_all(words, text):
    joined = text.replace(" ", "")  # Mary Ann is also Maryann, and De la Cruz Delacruz
    return all(word in text or word in joined for word in words)
