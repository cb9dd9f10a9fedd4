"""Emails people their reference, if they asked for it. Planned by storing.py, sent by vtc_site/background.py.

Never for suspected spam, one a day to one address, and few for a network and in all: nobody can fill
mailboxes through the form. The page after sending promises an email only when one is planned. It is a
courtesy: tried a few times, then dropped, and neither staff's notices nor their alarms wait for it.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from intake import client_address, daily_counts
from intake.failures import named
from intake.models import Notification, Submission
from intake.outbox import emails
from intake.typed_text.contact_details import doubt_about_email, normal_email

logger = logging.getLogger(__name__)

MAX_TRIES = 5
MAX_PER_HOUR = 10  # to all people together: the server that staff's notices need must not be worn out
MAX_PER_NETWORK = 3  # a day
FIRST_BACKOFF = timedelta(minutes=1)
LASTS = timedelta(days=1)


def plan(sent):
    """Put a receipt into the outbox for each who may have one. Runs in the transaction of storing.py.

    `sent` are pairs of a submission and the network address it came from.
    """
    wishing = [(submission, address) for submission, address in sent if _may_have_one(submission)]
    if not wishing:
        return
    mailboxes = [normal_email(submission.email) for submission, _ in wishing]
    for_mailbox = daily_counts.count_today("receipt", mailboxes)
    networks = [client_address.network(address) for _, address in wishing]
    for_network = daily_counts.count_today("receipts to a network", networks)
    left = MAX_PER_HOUR - _receipts().filter(created_at__gt=timezone.now() - timedelta(hours=1)).count()
    allowed = [
        submission
        for (submission, address), mailbox, network in zip(wishing, for_mailbox, for_network, strict=True)
        if mailbox == 1 and (network <= MAX_PER_NETWORK or not address)
    ]
    Notification.objects.bulk_create(
        Notification(submission=each, kind=Notification.Kind.RECEIPT) for each in allowed[: max(0, left)]
    )


def _may_have_one(submission):
    is_refused = submission.status in Submission.Status.spam() or submission.is_logged_by_staff
    return submission.email_copy and not is_refused and not doubt_about_email(normal_email(submission.email))


def deliver_due():
    """Send the receipts that are due and return their number. Stops early when one fails."""
    _drop_hopeless()
    sent = 0
    while receipt := _claim():
        if not _deliver(receipt):
            break
        sent += 1
    return sent


def _receipts():
    return Notification.objects.filter(kind=Notification.Kind.RECEIPT)


def _drop_hopeless():
    """Forget what failed too often or is too old, and what staff or the count of its network call spam."""
    now = timezone.now()
    is_failed = Q(attempts__gte=MAX_TRIES) | Q(created_at__lt=now - LASTS)
    is_spam = Q(submission__status__in=Submission.Status.spam())
    hopeless = _receipts().free(now).filter(is_failed | is_spam, sent_at=None)
    if hopeless.exists():  # else SQLite would lock out writers in every round
        hopeless.delete()


def _claim():
    """Take the next receipt for this process, or None."""
    now = timezone.now()
    due = _receipts().due(now)
    if not due.exists() or _receipts().filter(sent_at__gt=now - timedelta(hours=1)).count() >= MAX_PER_HOUR:
        return None
    with transaction.atomic():
        receipt = due.unlocked().order_by("next_try_at", "pk").first()
        if receipt:
            _receipts().filter(pk=receipt.pk).claim(now)
    return receipt


def _deliver(receipt):
    rows = _receipts().filter(pk=receipt.pk)
    try:
        email = emails.reference_for_sender(receipt.submission, mail_key=receipt.mail_key)
        emails.send(email, get_connection(**settings.COPY_EMAIL))
    except Exception as error:
        logger.warning("A reference could not be emailed: %s.", named(error))
        rows.retry_in(FIRST_BACKOFF * 2**receipt.attempts, error)
        return False
    rows.mark_sent(timezone.now())
    return True
