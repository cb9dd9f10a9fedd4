"""What the page after sending knows: all of it from the request, nothing from what is stored. For views.

Whoever repeats another person's fields must learn nothing from the page. The address stays in the history of
a phone that others use, and in the logs of what stands between: only this site can read it, and its length
says nothing either.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.utils import timezone

from intake.encryption import box
from intake.models import Submission
from intake.models.references import spoken
from intake.typed_text.contact_details import doubt_about_email

LASTS = timedelta(hours=1)  # then the address tells less, and nothing can be added with it
LENGTH = 384  # characters; what is in it fills two thirds


class WrongTokenError(Exception):
    """Nobody was given this token."""


@dataclass(frozen=True)
class Sent:
    """What a sender told us about how to answer; `promise` is the time by when, as text."""

    reference: str = ""
    danger: str = ""
    reach_by: str = ""
    voicemail: str = ""
    may_name_us: str = ""
    in_california: str = ""
    copy: str = ""  # “asked” for it by email, “no address” that it could go to, or nothing
    promise: str = ""

    @classmethod
    def of(cls, written, *, reference, danger="", promised_by=None):
        """Return what the fields of the form (MessageForm.written) say."""
        names = ("voicemail", "may_name_us", "in_california")
        reach_by = Submission(**{name: written[name] for name in ("reply_by", "phone", "email")}).reach_by
        return cls(
            reference=reference,
            danger=danger,
            reach_by=str(reach_by),
            copy=_copy(written),
            promise=promised_by.isoformat() if promised_by else "",
            **{name: str(written[name]) for name in names},
        )

    @property
    def promised_by(self):
        """By when we promised to answer, or None."""
        return datetime.fromisoformat(self.promise) if self.promise else None

    @property
    def spoken_reference(self):
        """The reference in groups, as people read it aloud."""
        return spoken(self.reference)


def _copy(written):
    if not written["email_copy"]:
        return ""
    return "asked" if written["email"] and not doubt_about_email(written["email"]) else "no address"


def make(sent):
    content = json.dumps(asdict(sent)).ljust(LENGTH).encode()
    return box().encrypt_at_time(content, int(timezone.now().timestamp())).decode()


def read(token):
    """Return what was sent; without the reference and the danger once the time is over."""
    try:
        sent = Sent(**json.loads(box().decrypt(token.encode())))
        age = timezone.now().timestamp() - box().extract_timestamp(token.encode())
    except (InvalidToken, ValueError, TypeError):
        raise WrongTokenError from None
    return sent if age <= LASTS.total_seconds() else replace(Sent(), in_california=sent.in_california)
