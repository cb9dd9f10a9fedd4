"""References: how a sender and staff name a message to each other. Used by models/.

Eight characters without 0, O, 1, I and L. Every third is a digit, so that no word can appear.
"""

import re
import secrets

from intake import typed_text

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
DIGITS = "23456789"
PATTERN = (LETTERS, LETTERS, DIGITS, LETTERS, LETTERS, DIGITS, LETTERS, LETTERS)


def new_reference():
    """Return a random reference, such as KD7MR4TB: about 9,500,000,000 are possible."""
    return "".join(secrets.choice(characters) for characters in PATTERN)


def is_reference(text):
    """Whether `text` is made as references are."""
    fits = (character in characters for character, characters in zip(text, PATTERN, strict=False))
    return len(text) == len(PATTERN) and all(fits)


def read(text):
    """Return the reference in what was typed or pasted, however it is spaced; else the text itself."""
    text = typed_text.with_plain_digits(typed_text.one_word(text)).upper()
    compact = re.sub("[^A-Z0-9]", "", text)
    return next((part for part in _parts(compact) if is_reference(part)), text)


def _parts(plain):
    return (plain[start : start + len(PATTERN)] for start in range(len(plain)))


def spoken(reference):
    """Return the reference in the groups in which people read it aloud: KD7 MR4 TB."""
    return " ".join(reference[start : start + 3] for start in range(0, len(reference), 3))
