"""One-time passwords and codes: made of what looks like nothing else, and read however a phone typed them.

Used by passwords.py and second_factor.py.
"""

import re
import secrets

from intake import typed_text

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without 0, 1, i, l and o
CHARACTERS = 16  # 78 random bits: too many to try out, even with the database in hand


def new():
    """Return a random code as it is stored; people see it as in `shown`."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS))


def shown(code):
    """Return the code in the groups in which people type it: abcd-2345-efgh-6789."""
    return "-".join(code[start : start + 4] for start in range(0, CHARACTERS, 4))


def read(typed):
    """Return the code in what was typed or pasted, whatever stands between its characters."""
    plain = typed_text.with_plain_digits(typed_text.one_word(typed)).lower()
    return re.sub("[^a-z0-9]", "", plain)
