"""Sends the emails that staff write to people, through the sender that names nobody. Run by background.py.

Retried like notices, without end. What the mail server refuses for good is shown and not tried again.
"""

import logging

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from intake.failures import named
from intake.models import Notification, Reply
from intake.models.outbox import MAX_BACKOFF
from intake.outbox import emails, refusals
from intake.outbox.delivery import FIRST_BACKOFF

logger = logging.getLogger(__name__)


def plan(*, by, submission, to, subject, body):
    """Put an email into the outbox. Runs in the transaction of staff/contact_changes.py."""
    row = Notification.objects.create(submission=submission, kind=Notification.Kind.REPLY)
    reply = Reply.by(by, submission=submission, notification=row, to=to, subject=subject, body=body)
    reply.save()
    return reply


def deliver_due():
    """Send what is due and return the number; stops when the server takes none."""
    sent = 0
    while row := _claim():
        if not _deliver(row):
            break
        sent += 1
    return sent


def _rows():
    return Notification.objects.filter(kind=Notification.Kind.REPLY, reply__refused_at=None)


def _claim():
    now = timezone.now()
    if not _rows().due(now).exists():
        return None
    with transaction.atomic():
        keys = Notification.objects.filter(pk__in=_rows().due(now).values("pk"))
        row = keys.unlocked().order_by("next_try_at", "pk").first()
        if row:
            Notification.objects.filter(pk=row.pk).claim(now)
    return row


def _deliver(row):
    rows = Notification.objects.filter(pk=row.pk)
    try:
        mail = emails.to_person(row.reply, mail_key=row.mail_key)
        emails.send(mail, get_connection(**settings.COPY_EMAIL))
    except Exception as error:
        logger.warning("An email to a person was not taken: %s.", named(error))
        if refusals.is_final(error):
            Reply.objects.filter(pk=row.reply.pk).update(refused_at=timezone.now())
        rows.retry_in(min(FIRST_BACKOFF * 2 ** min(row.attempts, 10), MAX_BACKOFF), error)
        return refusals.is_final(error)
    rows.mark_sent(timezone.now())
    return True
