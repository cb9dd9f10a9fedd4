"""What the address of the page after sending carries: a reference that only this site can read. For views.

The address stays in the history of a phone that others use, and in the logs of what stands between.
"""

from datetime import timedelta

from cryptography.fernet import InvalidToken
from django.utils import timezone

from intake.encryption import box

LASTS = timedelta(hours=1)  # then the address tells less


class WrongTokenError(Exception):
    """Nobody was given this token."""


def make(reference):
    return box().encrypt_at_time(reference.encode(), int(timezone.now().timestamp())).decode()


def read(token):
    """Return the reference; empty once the time is over."""
    try:
        reference = box().decrypt(token.encode()).decode()
        age = timezone.now().timestamp() - box().extract_timestamp(token.encode())
    except InvalidToken:
        raise WrongTokenError from None
    return reference if age <= LASTS.total_seconds() else ""
