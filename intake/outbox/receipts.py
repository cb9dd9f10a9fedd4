"""Emails people their reference, if they asked for it. Planned by storing.py, sent by vtc_site/background.py.

Never for suspected spam, and one a day to one address: nobody can fill a mailbox through the form. It is a
courtesy: tried a few times, then dropped, and neither staff's notices nor their alarms wait for it.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from intake.contact_details import is_doubtful_email, normal_email
from intake.models import Notification, Submission
from intake.outbox import delivery, emails
from intake.receiving import spam_signs

logger = logging.getLogger(__name__)

MOST_TRIES = 5
MOST_AN_HOUR = 60  # to all people together
LASTS = timedelta(days=1)


def plan(submissions):
    """Put a copy into the outbox for each who may have one; in the transaction that stores the messages."""
    wishing = [submission for submission in submissions if _may_have_one(submission)]
    numbers = spam_signs.count_today("copy", [normal_email(submission.email) for submission in wishing])
    Notification.objects.bulk_create(
        Notification(submission=submission, kind=Notification.Kind.COPY)
        for submission, number in zip(wishing, numbers, strict=True)
        if number == 1
    )


def _may_have_one(submission):
    is_spam = submission.status == Submission.Status.SPAM
    return submission.wants_copy and not is_spam and not is_doubtful_email(normal_email(submission.email))


def marked(submissions):
    """Return the rows with `gets_copy`: whether the person gets one, or got one."""
    return submissions.annotate(gets_copy=Exists(_copies().filter(submission=OuterRef("pk"))))


def deliver_due():
    """Send the copies that are due and return their number. Ends early when one fails."""
    _drop_hopeless()
    sent = 0
    while copy := _claim():
        if not _deliver(copy):
            break
        sent += 1
    return sent


def _copies():
    return Notification.objects.filter(kind=Notification.Kind.COPY)


def _drop_hopeless():
    """Forget what failed too often or is too old, and what staff or the count of its network call spam."""
    now = timezone.now()
    is_failed = Q(attempts__gte=MOST_TRIES) | Q(created_at__lt=now - LASTS)
    is_spam = Q(submission__status=Submission.Status.SPAM)
    hopeless = _copies().filter(is_failed | is_spam, delivery.is_free(now), sent_at=None)
    if hopeless.exists():  # else SQLite would lock out writers in every round
        hopeless.delete()


def _claim():
    """Take the next copy for this process; as in delivery.py, no two processes get the same one."""
    now = timezone.now()
    due = _copies().filter(delivery.is_due(now))
    if not due.exists() or _copies().filter(sent_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        return None
    with transaction.atomic():
        copy = due.select_for_update(skip_locked=True).order_by("next_try_at", "pk").first()
        if copy:
            copy.claimed_until, copy.attempts = now + delivery.lease(), copy.attempts + 1
            copy.save(update_fields=["claimed_until", "attempts"])
    return copy


def _deliver(copy):
    rows = _copies().filter(pk=copy.pk)
    try:
        delivery.send(emails.reference_for_sender(copy.submission, message_key=copy.message_key))
    except Exception as error:
        wait = delivery.FIRST_BACKOFF * 2**copy.attempts
        logger.warning("A reference could not be emailed: %s.", type(error).__name__)
        name = type(error).__name__
        rows.update(claimed_until=None, next_try_at=timezone.now() + wait, last_error=name)
        return False
    rows.update(sent_at=timezone.now(), claimed_until=None, last_error="")
    return True
