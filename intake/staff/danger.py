"""The verbs on the flag “May be in danger”: staff raise it by hand, or say that it is not so.

Called by the admin. Who, when and why stay: an event in the timeline, the reason as a note of its own.
"""

from django.db import transaction

from intake.models import Danger, Note, Notification, TimelineEvent
from intake.outbox import wakeup
from intake.staff import steps
from intake.staff.steps import StepRefusedError

Kind = TimelineEvent.Kind


@transaction.atomic
def raise_flag(submission, *, by, reason):
    """Put a message above every promise, and ask everybody to look now."""
    row = _flagged(submission, by, reason, danger=Danger.STAFF)
    steps.record(row, by, Kind.IN_DANGER)
    row.notifications.create(kind=Notification.Kind.DANGER)
    transaction.on_commit(wakeup.wake, robust=True)
    return row


@transaction.atomic
def lower_flag(submission, *, by, reason):
    """Say that nobody is in danger: the alarm ends. Later words of danger raise the flag again."""
    row = _flagged(submission, by, reason, danger=Danger.NONE)
    steps.record(row, by, Kind.NOT_IN_DANGER)
    # What is not sent yet announces the message like any other.
    unsent = row.notifications.filter(kind=Notification.Kind.DANGER, sent_at=None)
    unsent.update(kind=Notification.Kind.NEW)
    return row


def _flagged(submission, by, reason, *, danger):
    row = steps.locked(submission)[0]
    if bool(row.danger) == bool(danger):
        raise StepRefusedError("Nothing was changed: a colleague was faster.")
    if not reason:
        raise StepRefusedError("Nothing was changed: write why.")
    row.danger = danger
    row.save(update_fields=["danger"])
    Note.by(by, submission=row, text=reason).save()
    return row
