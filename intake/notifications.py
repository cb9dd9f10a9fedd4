"""Tells staff that a message waits. Called by courier.py (a thread) and the command send_notifications.

The outbox is a table: a row is written with the message, claimed with a lease, and marked as sent only after
the mail server has taken the mail. A second mail is possible after a crash, a lost one is not.
"""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from intake.models import Notification

logger = logging.getLogger(__name__)

GROUPS_TOLD = ("Intake", "Owner")
FIRST_BACKOFF = timedelta(seconds=30)
LONGEST_BACKOFF = timedelta(hours=1)
ALARM_AFTER = timedelta(minutes=15)


class NobodyToTell(Exception):
    """No active member of staff with an e-mail address may read messages and wants notices."""


def lease():
    """How long a claim holds: longer than all steps of one SMTP conversation may take together."""
    return timedelta(seconds=12 * (settings.EMAIL_TIMEOUT or 60))


def due(now):
    """Return the rows to send now. A time too far in the future was written by a clock that was wrong."""
    is_time = Q(next_try_at__lte=now) | Q(next_try_at__gt=now + 2 * LONGEST_BACKOFF)
    is_free = Q(claimed_until=None) | Q(claimed_until__lt=now) | Q(claimed_until__gt=now + 2 * lease())
    return Notification.objects.filter(is_time, is_free, sent_at=None)


def deliver_due():
    """Send every notice that is due; return how many were sent. Stops at the first one that fails."""
    sent = 0
    while notice := _claim():
        if not _deliver(notice):
            break
        sent += 1
    return sent


def _claim():
    """Take the oldest due row for this process, or return None. Two processes never hold the same row."""
    now = timezone.now()
    if not due(now).exists():
        return None
    with transaction.atomic():
        rows = due(now).order_by("next_try_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        notice = rows.first()
        if notice:
            notice.claimed_until, notice.attempts = now + lease(), notice.attempts + 1
            notice.save(update_fields=["claimed_until", "attempts"])
    return notice


def _deliver(notice):
    try:
        message_waits(notice).send()
    except Exception as error:
        _plan_retry(notice, error)
        return False
    Notification.objects.filter(pk=notice.pk).update(
        sent_at=timezone.now(), claimed_until=None, last_error=""
    )
    return True


def _plan_retry(notice, error):
    wait = min(FIRST_BACKOFF * 2 ** min(notice.attempts - 1, 10), LONGEST_BACKOFF)
    logger.warning("Staff could not be told of a message: %s. Next try in %s.", type(error).__name__, wait)
    Notification.objects.filter(pk=notice.pk, sent_at=None).update(
        claimed_until=None, next_try_at=timezone.now() + wait, last_error=type(error).__name__
    )


def message_waits(notice):
    """The mail for one message: its reference and a link, nothing that tells who wrote or why."""
    submission = notice.submission
    link = settings.SITE_URL + reverse("admin:intake_submission_change", args=[submission.pk])
    return EmailMessage(
        subject=f"A message waits: {submission.spoken_reference}",
        body=f"A message waits for an answer.\n\nReference: {submission.spoken_reference}\nRead it: {link}\n",
        to=recipients(),
        headers={
            "Message-ID": f"<{notice.message_key}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def recipients():
    """Return the addresses of staff who may read messages and have not switched notices off."""
    users = get_user_model().objects.filter(is_active=True, groups__name__in=GROUPS_TOLD)
    users = users.exclude(email="").exclude(notice_preference__is_on=False)
    addresses = sorted(set(users.values_list("email", flat=True)))
    if not addresses:
        raise NobodyToTell
    return addresses


def untold(now):
    """Return the rows that wait longer than they may (or come from the future of a clock that was wrong)."""
    is_old = Q(created_at__lt=now - ALARM_AFTER) | Q(created_at__gt=now + ALARM_AFTER)
    return Notification.objects.filter(is_old, sent_at=None)
