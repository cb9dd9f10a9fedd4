"""Tells staff that messages wait. Called by vtc_site/background.py and the command send_notifications.

The outbox is a table: a row is written with the message, claimed with a lease, and marked as sent only after
the mail server has taken the mail. A second mail is possible after a crash, a lost one is not. All mails go
to the same people through the same server, so a failure ends the round and a success brings all rows forward.
"""

import logging
import time
import uuid
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone

from intake.models import Notification
from intake.outbox import emails

logger = logging.getLogger(__name__)

FIRST_BACKOFF = timedelta(seconds=30)
LONGEST_BACKOFF = timedelta(hours=1)
ALARM_AFTER = timedelta(minutes=15)
# In an hour at most this many mails go out without a pause. When more wait, one mail tells of all of them,
# and then each is followed by a pause. 10 + 60 / 8 stays under 20 mails an hour, 8 minutes under ALARM_AFTER.
FREE_AN_HOUR = 10
DIGEST_PAUSE = timedelta(minutes=8)

# What this process remembers: mails the server took while the database could not be told (key -> time), and
# when a round last moved (monotonic seconds), which shows that the thread lives.
_process = SimpleNamespace(taken={}, beat=None)


def lease():
    """How long a claim holds: longer than all steps of one SMTP conversation take together."""
    return timedelta(seconds=12 * settings.EMAIL_TIMEOUT)


def is_free(now):
    """Return the condition of rows that no process holds. A claim far ahead is of a clock that was wrong."""
    return Q(claimed_until=None) | Q(claimed_until__lt=now) | Q(claimed_until__gt=now + 2 * lease())


def is_due(now):
    """Return the condition of rows to send, with the same doubt about times."""
    is_time = Q(next_try_at__lte=now) | Q(next_try_at__gt=now + 2 * LONGEST_BACKOFF)
    return is_time & is_free(now) & Q(sent_at=None)


def due(now):
    """Return the rows of which staff are to be told now."""
    return Notification.objects.to_staff().filter(is_due(now))


def deliver_due():
    """Send what is due and return the number of mails. Ends early when a mail fails; its rows come again."""
    sent = 0
    _beat()
    _write_down_taken()
    while message_key := _claim():
        if not _deliver(message_key):
            break
        sent += 1
        _beat()
    return sent


def _claim():
    """Take the rows of the next mail for this process and return their message key, or None.

    Two processes never hold the same row: PostgreSQL skips rows that are locked, SQLite has one writer.
    """
    now = timezone.now()
    if not due(now).exists():
        return None
    with transaction.atomic():
        first = (
            due(now).select_for_update(skip_locked=True).order_by("-attempts", "next_try_at", "pk").first()
        )
        if first is None:
            return None
        message_key, rows = _next_mail(first, now)
        if rows is None or (message_key == first.message_key and _is_held_in_part(rows)):
            return None
        free = rows.select_for_update(skip_locked=True).values("pk")
        claim = {"message_key": message_key, "claimed_until": now + lease(), "attempts": F("attempts") + 1}
        Notification.objects.filter(pk__in=free).update(**claim)
    return message_key


def _is_held_in_part(rows):
    """Whether another process is taking rows of the same mail at this moment: both would send it."""
    return len(rows.select_for_update(skip_locked=True).values("pk")) < rows.count()


def _next_mail(first, now):
    """Return message key and rows of the next mail: one message, a digest, a digest again; or a pause."""
    recent = _mails_of_last_hour(now)
    free = FREE_AN_HOUR - recent["mails"]
    if free <= 0 and recent["latest"] > now - DIGEST_PAUSE:
        return None, None
    waiting = due(now).filter(kind=first.kind)  # an alarm goes to other people than a notice
    same_mail = waiting.filter(message_key=first.message_key)
    if same_mail.count() > 1 or waiting.count() <= free:
        return first.message_key, same_mail
    return uuid.uuid4(), waiting


def _mails_of_last_hour(now):
    sent = Notification.objects.to_staff().filter(sent_at__gt=now - timedelta(hours=1), sent_at__lte=now)
    return sent.aggregate(mails=Count("message_key", distinct=True), latest=Max("sent_at"))


def _deliver(message_key):
    rows = Notification.objects.filter(message_key=message_key, sent_at=None)
    named = rows.select_related("submission").only("kind", "submission__reference")  # decrypts nothing
    waiting = list(named.order_by("created_at"))
    if not waiting:  # deleted since it was claimed
        return True
    try:
        send(_mail_about(waiting, message_key))
    except Exception as error:
        _plan_retry(rows, error)
        return False
    _process.taken[message_key] = timezone.now()
    _write_down_taken()
    _bring_forward()
    return True


def send(mail):
    """Hand a mail to the server. How the conversation ends afterwards is no failure: the mail is taken."""
    connection = get_connection()
    try:
        connection.open()
        connection.send_messages([mail])
    finally:
        with suppress(Exception):
            connection.close()


def _mail_about(waiting, message_key):
    submissions = [row.submission for row in waiting]
    if waiting[0].kind == Notification.Kind.ALARM:
        return emails.nobody_claims(submissions, message_key=message_key)
    if len(submissions) == 1:
        return emails.one_waits(submissions[0], message_key=message_key)
    return emails.several_wait(submissions, message_key=message_key)


def _write_down_taken():
    """Mark rows as sent. A database that fails here is told next time, so that no mail goes out twice."""
    for message_key, taken_at in list(_process.taken.items()):
        rows = Notification.objects.filter(message_key=message_key, sent_at=None)
        rows.update(sent_at=taken_at, claimed_until=None, last_error="")
        _process.taken.pop(message_key, None)


def _plan_retry(rows, error):
    tries = rows.aggregate(most=Max("attempts"))["most"] or 1
    wait = min(FIRST_BACKOFF * 2 ** min(tries - 1, 10), LONGEST_BACKOFF)
    name = type(error).__name__
    logger.warning("Staff could not be told of a message: %s. Next try in %d s.", name, wait.total_seconds())
    rows.update(claimed_until=None, next_try_at=timezone.now() + wait, last_error=name)


def _bring_forward():
    """The server takes mail again: what waits for a later try need not wait."""
    failed = Notification.objects.to_staff().filter(sent_at=None, attempts__gt=0, claimed_until=None)
    failed.update(next_try_at=timezone.now())


def untold(now=None):
    """Return the rows that wait longer than they may (or were written by a clock that was wrong)."""
    now = now or timezone.now()
    is_old = Q(created_at__lt=now - ALARM_AFTER) | Q(created_at__gt=now + ALARM_AFTER)
    return Notification.objects.to_staff().filter(is_old, sent_at=None)


def health():
    """Return what a monitor wants to know; `untold` above 0 is the alarm. Needs the database."""
    now = timezone.now()
    unsent = Notification.objects.to_staff().filter(sent_at=None)
    waiting = unsent.aggregate(count=Count("pk"), since=Min("created_at"))
    return {
        "waiting": waiting["count"],
        "untold": untold(now).count(),
        "oldest_seconds": int((now - waiting["since"]).total_seconds()) if waiting["since"] else 0,
        "nobody_to_tell": not emails.recipients(),
        "thread_beat_seconds": seconds_since_beat(),
    }


def seconds_since_beat():
    """Return how long ago this process last looked at the outbox, or None if it never did."""
    return None if _process.beat is None else int(time.monotonic() - _process.beat)


def sound_alarm():
    """Say in the log how many messages wait too long."""
    if count := untold().count():
        logger.error("ALARM: staff have not been told of %d message(s) for more than 15 minutes.", count)


def send_again(rows):
    """Put rows back into the outbox as new mails: with the old Message-ID a mailbox would hide them."""
    for row in rows:
        row.message_key, row.next_try_at = uuid.uuid4(), timezone.now()
        row.sent_at = row.claimed_until = None
        row.save(update_fields=["message_key", "next_try_at", "sent_at", "claimed_until"])


def _beat():
    _process.beat = time.monotonic()
