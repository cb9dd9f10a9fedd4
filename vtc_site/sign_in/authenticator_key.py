"""The secret that an authenticator app and the site share. Used by second_factor.py and models.py."""

import base64

from django_otp.util import random_hex


def new():
    """Return a fresh secret, in hexadecimal digits."""
    return random_hex(20)


def letters(key):
    """Return `key` as apps write it: letters and digits of base 32."""
    return base64.b32encode(bytes.fromhex(key)).decode()


def typed(key):
    """Return `key` as a person types it into an app: groups of four."""
    text = letters(key)
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
