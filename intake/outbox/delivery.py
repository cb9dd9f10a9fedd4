"""Notifies staff of waiting messages. Called by vtc_site/background.py and the command send_notifications.

The outbox is a table: a row is written with the message, claimed with a lease, and marked as sent only after
the mail server has taken the mail. A second mail is possible after a crash, a lost one is not. All mails go
to the same people through the same server, so a failure ends the round and a success brings all rows forward.
An address that is refused while others are taken concerns only itself; see refusals.py.
"""

import logging
import time
import uuid
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from types import SimpleNamespace

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from intake.failures import named
from intake.models import Notification, Submission
from intake.models.outbox import MAX_BACKOFF, MAX_DANGER_BACKOFF
from intake.outbox import emails, refusals

logger = logging.getLogger(__name__)

DANGER = Notification.Kind.DANGER
FIRST_BACKOFF = timedelta(seconds=30)
ALARM_AFTER = timedelta(minutes=15)
# In an hour at most this many mails go out without a pause. When more wait, one mail announces all of them,
# and then each is followed by a pause. 10 + 60 / 8 stays under 20 mails an hour, 8 minutes under ALARM_AFTER.
FREE_PER_HOUR = 10
DIGEST_PAUSE = timedelta(minutes=8)
# What may be about life and death, or asks that nobody calls, has numbers of its own by kind, and all of a
# round go out as one mail.
URGENT_PAUSE = timedelta(minutes=1)

TEXTS = [f"submission__{name}" for name in Submission.encrypted_names()]

# What this process remembers: mails the server took that the database does not know of yet (key -> time), and
# when a round last moved (monotonic seconds), which shows that the thread lives.
_process = SimpleNamespace(taken={}, beat=None)


def _notices():
    return Notification.objects.to_staff()


def deliver_all():
    """Send all that wait, as somebody asks for it who knows that the mail server is well: no pause counts."""
    _notices().free(timezone.now()).filter(sent_at=None).update(next_try_at=timezone.now())
    return deliver_due(has_pauses=False)


def deliver_due(*, has_pauses=True):
    """Send what is due and return the number of mails. Stops when a mail fails; its rows are retried."""
    sent = 0
    _beat()
    _write_down_taken()
    while mail_key := _claim(has_pauses=has_pauses):
        taken = _deliver(mail_key)
        if taken is None:
            break
        sent += taken
        _beat()
    return sent


def _claim(*, has_pauses=True):
    """Take the rows of the next mail for this process and return their key, or None."""
    now = timezone.now()
    groups = [*(_notices().filter(kind=kind) for kind in Notification.URGENT), _notices().unhurried()]
    keys = (_claim_among(notices, now, has_pauses) for notices in groups)
    return next(filter(None, keys), None)


def _claim_among(notices, now, has_pauses):
    if not notices.due(now).exists():
        return None
    with transaction.atomic():
        first = notices.due(now).unlocked().order_by("-attempts", "next_try_at", "pk").first()
        if first is None:
            return None
        mail_key, rows = _next_mail(first, now, has_pauses)
        if rows is None or (mail_key == first.mail_key and _is_held_in_part(rows)):
            return None
        rows.claim(now, mail_key=mail_key)
    return mail_key


def _is_held_in_part(rows):
    """Whether another process is taking rows of the same mail at this moment: both would send it."""
    return len(rows.unlocked().values("pk")) < rows.count()


def _next_mail(first, now, has_pauses):
    """Return key and rows of the next mail: one message, a digest, a digest again; or a pause (None)."""
    is_urgent = first.kind in Notification.URGENT
    alike = _notices().filter(kind=first.kind) if is_urgent else _notices().unhurried()
    recent = _mails_of_last_hour(now, alike)
    free = FREE_PER_HOUR - recent["mails"]
    earliest = now - (URGENT_PAUSE if is_urgent else DIGEST_PAUSE)
    # What was tried again told those of its first try only: the others, who waited as well, follow at once.
    is_pause = recent["latest"] != recent["retried"] and free <= 0 and recent["latest"] > earliest
    if has_pauses and is_pause:
        return None, None
    if first.kind == Notification.Kind.TEST:  # each goes to a person of its own
        return first.mail_key, _notices().due(now).filter(pk=first.pk)
    # An alarm goes to other people than a notice; a hand-over, or a retry, to one of them.
    waiting = _notices().due(now).filter(kind=first.kind, recipient=first.recipient)
    same_mail = waiting.filter(mail_key=first.mail_key)
    # Again as it was, or a mailbox would show it twice. But after an outage such groups would go out one by
    # one, with a pause after each: where most are not in it, one mail announces all.
    is_for_most = same_mail.count() > 1 and 2 * same_mail.count() >= waiting.count()
    if is_for_most or waiting.count() <= (1 if is_urgent else free):
        return first.mail_key, same_mail
    return uuid.uuid4(), waiting


def _mails_of_last_hour(now, notices):
    sent = notices.filter(sent_at__gt=now - timedelta(hours=1), sent_at__lte=now)
    retried = Max("sent_at", filter=Q(attempts__gt=1))
    return sent.aggregate(mails=Count("mail_key", distinct=True), latest=Max("sent_at"), retried=retried)


def _deliver(mail_key):
    """Send one mail and return how many were sent, or None when the server takes none."""
    rows = Notification.objects.filter(mail_key=mail_key, sent_at=None)
    waiting = list(rows.select_related("submission").defer(*TEXTS))  # decrypts nothing
    if not waiting:  # deleted since it was claimed
        return 0
    try:
        mail = _mail_about(waiting, mail_key)
        refused = emails.send(mail)
    except Exception as error:
        return _plan_retry(rows, waiting, error)
    _process.taken[mail_key] = timezone.now()
    _write_down_taken()
    refusals.note(waiting, refused)
    refusals.forget([address for address in mail.to if address not in refused])
    _bring_forward()
    return 1


def _mail_about(waiting, mail_key):
    """Return the mail about these rows, which are of one kind and for the same people; the oldest first."""
    submissions = sorted(
        (row.submission for row in waiting), key=lambda row: row.promised_by or row.received_at
    )
    kind, only_to = waiting[0].kind, waiting[0].recipient
    if kind == Notification.Kind.TEST:
        return emails.test_message(submissions[0].canary, mail_key=mail_key)
    if kind == DANGER:
        mail = emails.please_look_now(submissions, mail_key=mail_key)
    elif kind == Notification.Kind.CALLED_OFF:
        mail = emails.called_off(submissions, mail_key=mail_key)
    elif kind == Notification.Kind.ADDED:
        mail = emails.something_added(submissions, mail_key=mail_key)
    elif kind == Notification.Kind.ALARM:
        mail = emails.needs_someone(submissions, mail_key=mail_key)
    elif kind == Notification.Kind.HANDED_OVER:
        mail = emails.handed_over(submissions, mail_key=mail_key, to=only_to)
    elif len(submissions) == 1:
        mail = emails.message_waiting(submissions[0], mail_key=mail_key)
    else:
        mail = emails.messages_waiting(submissions, mail_key=mail_key)
    mail.to = [only_to] if only_to else mail.to
    return mail


def _write_down_taken():
    """Mark rows as sent. If the database fails here, the next round does it: no mail goes out twice."""
    for mail_key, taken_at in list(_process.taken.items()):
        rows = Notification.objects.filter(mail_key=mail_key, sent_at=None)
        rows.mark_sent(taken_at)
        _process.taken.pop(mail_key, None)


def _plan_retry(rows, waiting, error):
    """Give the rows back. What one address alone waits for holds up nobody: 0; else the round ends: None."""
    is_for_one = bool(waiting[0].recipient) and isinstance(error, refusals.ABOUT_ONE_ADDRESS)
    if is_for_one and refusals.give_up(waiting, error):
        return 0
    tries = rows.aggregate(most=Max("attempts"))["most"] or 1
    longest = MAX_DANGER_BACKOFF if waiting[0].kind == DANGER else MAX_BACKOFF
    wait = min(FIRST_BACKOFF * 2 ** min(tries - 1, 10), longest)
    name = named(error)
    logger.warning(
        "Staff could not be notified of a message: %s. Next try in %d s.", name, wait.total_seconds()
    )
    rows.retry_in(wait, error)
    return 0 if is_for_one else None


def _bring_forward():
    """The server takes mail again: nothing needs to wait for a later try, or counts as refused by it."""
    failed = _notices().to_all().filter(sent_at=None, attempts__gt=0, claimed_until=None)
    failed.update(next_try_at=timezone.now(), last_error="")


def overdue(now=None):
    """Return the notices that have waited too long (or were written by a clock that was wrong)."""
    now = now or timezone.now()
    is_old = Q(created_at__lt=now - ALARM_AFTER) | Q(created_at__gt=now + ALARM_AFTER)
    return _notices().to_all().filter(is_old, sent_at=None)


def untold(now=None):
    """Return about how many messages staff have not been told in time."""
    return overdue(now).aggregate(count=Count("submission", distinct=True))["count"]


def health():
    """Return the figures for a monitor; `untold` above 0 is the alarm. Needs the database."""
    now = timezone.now()
    unsent = _notices().to_all().filter(sent_at=None)
    waiting = unsent.aggregate(count=Count("pk"), since=Min("created_at"))
    failed = unsent.exclude(last_error="").filter(attempts__gt=1)
    is_for_all = failed.filter(last_error__startswith=SMTPRecipientsRefused.__name__).exists()
    return {
        "waiting": waiting["count"],
        "untold": untold(now),
        "oldest_seconds": int((now - waiting["since"]).total_seconds()) if waiting["since"] else 0,
        "nobody_to_tell": not emails.recipients(),
        "failed": failed.count(),
        "refused_addresses": len(emails.recipients()) if is_for_all else refusals.refused_accounts().count(),
        "thread_beat_seconds": seconds_since_beat(),
    }


def why_some_wait():
    """Return in words why notices still wait after deliver_all(); empty when none does."""
    count = _notices().filter(sent_at=None).count()
    if count and (error := last_error()):
        return (
            f"{count} still wait: the mail server does not take them ({error})."
            " `sendtestemail` shows what it answers; the site goes on trying."
        )
    return f"{count} are being sent by the site at this moment." if count else ""


def last_error():
    """Return what kind of error the last notice that still waits has met; empty when none has."""
    failed = _notices().filter(sent_at=None).exclude(last_error="")
    return failed.order_by("-next_try_at").values_list("last_error", flat=True).first() or ""


def seconds_since_beat():
    """Return how long ago this process last checked the outbox, or None if it never did."""
    return None if _process.beat is None else int(time.monotonic() - _process.beat)


def sound_alarm():
    """Log how many notices have waited too long."""
    if count := untold():
        logger.error("ALARM: staff have not been notified of %d message(s) for more than 15 minutes.", count)


def send_again(rows):
    """Put rows back into the outbox as new mails: with the old Message-ID a mailbox would hide them."""
    for row in rows:
        row.mail_key, row.next_try_at = uuid.uuid4(), timezone.now()
        row.sent_at = row.claimed_until = None
        row.save(update_fields=["mail_key", "next_try_at", "sent_at", "claimed_until"])


def _beat():
    _process.beat = time.monotonic()
