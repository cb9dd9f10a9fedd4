"""Addresses that the mail server refuses while it takes the email for others. Used by delivery and dashboard.

A refusal for now gets rows of its own in the outbox, for that address alone. One for good is kept with the
account, and owners see it until the server takes an email again.
"""

import uuid
from datetime import timedelta
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

from django.contrib.auth import get_user_model
from django.utils import timezone

from intake.models import NoticePreference, Notification

# What concerns one address: the next one may be taken. ValueError is of an address that nobody can write to.
ABOUT_ONE_ADDRESS = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, ValueError)
FIRST_RETRY = timedelta(seconds=30)
GIVE_UP_AFTER = timedelta(days=1)


def note(rows, refused):
    """Plan what to do about `refused`, {address: error}, after others were sent the email of `rows`."""
    for address, error in refused.items():
        if is_final(error):
            _keep(address, error)
        else:
            _retry_alone(rows, address, error)


def is_final(error):
    """Whether the server will say the same tomorrow about this address (RFC 5321, 4.2.1: 5yz).

    Of an address that nobody can write to it says nothing. What it has against the sender may end.
    """
    return isinstance(error, ABOUT_ONE_ADDRESS) and (_code(error) or 500) >= 500


def give_up(rows, error):
    """Keep the refusal of the one address that `rows` are for, if no later try can help; say whether so."""
    is_old = min(row.created_at for row in rows) < timezone.now() - GIVE_UP_AFTER
    if not is_old and not is_final(error):
        return False
    _keep(rows[0].recipient, error)
    Notification.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return True


def forget(addresses):
    """The server has taken an email for `addresses`: they work."""
    refused = refused_accounts().filter(user__email__in=addresses)
    if refused.exists():  # else SQLite would lock out writers for nothing
        refused.update(refused_at=None, refusal="")


def refused_accounts():
    """Return what owners must look at: accounts whose address takes no email."""
    return NoticePreference.objects.exclude(refused_at=None).filter(user__is_active=True)


def _retry_alone(rows, address, error):
    Notification.objects.bulk_create(
        Notification(
            submission_id=row.submission_id,
            kind=row.kind,
            created_at=row.created_at,
            recipient=address,
            attempts=1,
            next_try_at=timezone.now() + FIRST_RETRY,
            last_error=type(error).__name__,
            mail_key=key,
        )
        for key in [uuid.uuid4()]
        for row in rows
    )


def _keep(address, error):
    refusal = str(_code(error) or "address")
    for user in get_user_model().objects.filter(email=address):
        found = {"refused_at": timezone.now(), "refusal": refusal}
        NoticePreference.objects.update_or_create(user=user, defaults=found)


def _code(error):
    if isinstance(error, SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))[0]
    return getattr(error, "smtp_code", None)
