"""Notifies a second person of a message that nobody has claimed in time. Run by vtc_site/background.py.

Opening a message does not stop the alarm, since the reader may have turned away again; the mail says whether
anybody has opened it. Releasing a claim starts the alarm again.

An alarm is a row of the outbox like any other, so it is retried; workflow.py deletes unsent ones once
somebody takes care of the message.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from intake.models import Notification, Submission
from intake.reply_times import Office

AGAIN_AFTER = timedelta(hours=1)  # while the office is open and nobody has claimed it


def raise_due(now=None):
    """Put an alarm into the outbox for every message that needs one; return how many."""
    now = now or timezone.now()
    if not _unclaimed(now).exists() or not Office.current().is_open(now):
        return 0
    with transaction.atomic():
        rows = list(_unclaimed(now).only("pk").select_for_update(skip_locked=True))
        Notification.objects.bulk_create(
            Notification(submission=row, kind=Notification.Kind.ALARM, created_at=now) for row in rows
        )
    return len(rows)


def _unclaimed(now):
    alarms = Notification.objects.filter(submission=OuterRef("pk"), kind=Notification.Kind.ALARM)
    is_recent = alarms.filter(created_at__gt=now - AGAIN_AFTER)
    is_waiting = alarms.filter(sent_at=None, recipient="")
    late = Submission.objects.filter(status=Submission.Status.NEW, claimed_by=None, alarm_at__lte=now)
    return late.exclude(Exists(is_recent)).exclude(Exists(is_waiting))
