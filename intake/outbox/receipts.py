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
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from intake.contact_details import is_doubtful_email, normal_email
from intake.failures import named
from intake.models import Notification, Submission
from intake.outbox import delivery, emails
from intake.receiving import spam_signs

logger = logging.getLogger(__name__)

MOST_TRIES = 5
MOST_AN_HOUR = 10  # to all people together: the server that staff's notices need must not be worn out
MOST_A_DAY_FOR_A_NETWORK = 3
LASTS = timedelta(days=1)


def plan(sent):
    """Put a copy into the outbox for each who may have one; in the transaction that stores the messages.

    `sent` are pairs of a submission and the network address it came from.
    """
    wishing = [(submission, address) for submission, address in sent if _may_have_one(submission)]
    if not wishing:
        return
    for_mailbox = spam_signs.count_today(
        "copy", [normal_email(submission.email) for submission, _ in wishing]
    )
    for_network = spam_signs.count_copies([address for _, address in wishing])
    left = MOST_AN_HOUR - _copies().filter(created_at__gt=timezone.now() - timedelta(hours=1)).count()
    allowed = [
        submission
        for (submission, address), mailbox, network in zip(wishing, for_mailbox, for_network, strict=True)
        if mailbox == 1 and (network <= MOST_A_DAY_FOR_A_NETWORK or not address)
    ]
    Notification.objects.bulk_create(
        Notification(submission=each, kind=Notification.Kind.COPY) for each in allowed[: max(0, left)]
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
        mail = emails.reference_for_sender(copy.submission, message_key=copy.message_key)
        delivery.send(mail, get_connection(**settings.COPY_EMAIL))
    except Exception as error:
        wait = delivery.FIRST_BACKOFF * 2**copy.attempts
        name = named(error)
        logger.warning("A reference could not be emailed: %s.", name)
        rows.update(claimed_until=None, next_try_at=timezone.now() + wait, last_error=name)
        return False
    rows.update(sent_at=timezone.now(), claimed_until=None, last_error="")
    return True
