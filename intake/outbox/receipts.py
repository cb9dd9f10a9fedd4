"""Emails people their reference, if they asked for it. Planned by storing.py, sent by vtc_site/background.py.

Never for suspected spam, and one a day to one address: nobody can fill a mailbox through the form. It is a
courtesy: tried a few times, then dropped, and neither staff's notices nor their alarms wait for it.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from intake import daily_counts
from intake.contact_details import is_doubtful_email, normal_email
from intake.models import Notification, Submission
from intake.outbox import emails

logger = logging.getLogger(__name__)

MAX_TRIES = 5
MAX_PER_HOUR = 60  # to all people together
FIRST_BACKOFF = timedelta(minutes=1)
LASTS = timedelta(days=1)


def plan(submissions):
    """Put a receipt into the outbox for each who may have one. Runs in the transaction of storing.py."""
    wishing = [submission for submission in submissions if _may_have_one(submission)]
    numbers = daily_counts.count_today("receipt", [normal_email(submission.email) for submission in wishing])
    Notification.objects.bulk_create(
        Notification(submission=submission, kind=Notification.Kind.RECEIPT)
        for submission, number in zip(wishing, numbers, strict=True)
        if number == 1
    )


def _may_have_one(submission):
    is_refused = submission.status == Submission.Status.SPAM or submission.is_logged_by_staff
    return submission.email_copy and not is_refused and not is_doubtful_email(normal_email(submission.email))


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
    is_spam = Q(submission__status=Submission.Status.SPAM)
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
        emails.send(emails.reference_for_sender(receipt.submission, mail_key=receipt.mail_key))
    except Exception as error:
        logger.warning("A reference could not be emailed: %s.", type(error).__name__)
        rows.retry_in(FIRST_BACKOFF * 2**receipt.attempts, error)
        return False
    rows.mark_sent(timezone.now())
    return True
