"""Tells a second person, and the holder, of messages that are left alone. Run by vtc_site/background.py.

An alarm comes again each hour while the office is open, and at any hour for a person in danger whom nobody
has reached, until somebody did something: a claim stops that of
an unclaimed message, a logged attempt that of a broken promise or a late call-back, a look that of suspected
spam. Opening any other message stops nothing, since the reader may have turned away again.

An alarm is a row of the outbox like any other, so it is retried; workflow.py deletes unsent ones once
somebody takes care of the message.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from intake.models import AccessLogEntry, Attempt, Notification, Status, Submission
from intake.models.messages import CALL_BACK_GRACE, not_reached_in_danger
from intake.outbox import emails
from intake.reply_times import Office

AGAIN_AFTER = timedelta(hours=1)  # while the office is open and nobody has done anything
USUAL_WAIT = timedelta(hours=2)  # for a message that was stored without a time for its alarm


def raise_due(now=None):
    """Put an alarm into the outbox for every message that needs one; return for how many."""
    now = now or timezone.now()
    if not _to_tell(now).exists():
        return 0
    with transaction.atomic():
        rows = _to_tell(now).select_for_update(of=("self",), skip_locked=True)
        rows = list(rows.only("pk", "claimed_by"))
        Notification.objects.bulk_create(_alarms(rows, now))
    return len(rows)


def _alarms(rows, now):
    """Yield a row for the second person, and one for the holder unless they are the same."""
    second, holders = emails.second_people(), emails.addresses_of({row.claimed_by_id for row in rows})
    for row in rows:
        alarm = {"submission": row, "kind": Notification.Kind.ALARM, "created_at": now}
        yield Notification(**alarm)
        if holders.get(row.claimed_by_id) not in (None, *second):
            yield Notification(**alarm, recipient=holders[row.claimed_by_id])


def alarming(now):
    """Return the messages about which somebody has to hear at `now`.

    Nobody has claimed it in time; the promise is over and nobody has tried; the next step is an hour late; it
    looks like spam, but the sender was promised an answer and nobody has read it; a person who may be in
    danger was not reached, and the next step is due.
    """
    tried = Attempt.objects.filter(submission=OuterRef("pk"))
    opened = AccessLogEntry.objects.opened().filter(reference=OuterRef("reference"))
    is_time = Q(alarm_at__lte=now) | Q(alarm_at=None, received_at__lte=now - USUAL_WAIT)
    is_unclaimed = Q(status=Status.NEW) & is_time
    is_broken = Q(status__in=Status.untried(), promised_by__lte=now) & ~Exists(tried)
    is_begun = Q(status__in=Status.after_a_try()) | Q(status=Status.CLAIMED) & Exists(tried)
    is_late = is_begun & Q(due_at__lte=now - CALL_BACK_GRACE)
    is_unread = Q(status=Status.SUSPECTED) & is_time & ~Exists(opened)
    return Submission.objects.filter(is_unclaimed | is_broken | is_late | is_unread | in_danger(now))


def in_danger(now):
    """Return the condition of messages in danger that somebody knows of, and that nobody works on now.

    As long as nobody has opened one, danger_alarms.py tells everybody.
    """
    tried = Attempt.objects.filter(submission=OuterRef("pk"))
    is_tried = Q(status=Status.TRIED) | Q(status=Status.CLAIMED) & Exists(tried)
    is_left = Q(status=Status.NEW, received_at__lte=now - CALL_BACK_GRACE)
    return not_reached_in_danger() & Q(due_at__lte=now) & (is_tried | is_left)


def _to_tell(now):
    """While the office is closed, only what cannot wait for the morning."""
    rows = _untold(now)
    return rows if Office.in_use().is_open(now) else rows.filter(in_danger(now))


def _untold(now):
    """Leave out what was told within the hour; but the end of the promise is told at once."""
    alarms = Notification.objects.filter(submission=OuterRef("pk"), kind=Notification.Kind.ALARM)
    is_new_to_them = Q(submission__promised_by__lte=now, submission__status__in=Status.untried())
    is_older = Q(created_at__lt=OuterRef("promised_by"))
    is_recent = alarms.filter(created_at__gt=now - AGAIN_AFTER).exclude(is_new_to_them & is_older)
    return alarming(now).exclude(Exists(is_recent)).exclude(Exists(alarms.to_all().filter(sent_at=None)))
