"""The verbs on the flag “May be in danger”, and the gate before a flagged message that nobody reached.

Called by the admin and by workflow.py. Who, when and why stay: an event in the timeline, the reason as a
note of its own.
"""

from django.db import transaction
from django.utils import timezone

from intake import typed_text
from intake.models import Danger, Note, Notification, Status, TimelineEvent
from intake.models.messages import DANGER_SOON
from intake.outbox import wakeup
from intake.reply_times import in_words
from intake.staff import steps
from intake.staff.steps import InDangerError, StepRefusedError

Kind = TimelineEvent.Kind


@transaction.atomic
def raise_flag(submission, *, by, reason):
    """Put a message above every promise, and ask everybody to look now."""
    row = _flagged(submission, by, reason, danger=Danger.STAFF)
    if row.status in (Status.REACHED, Status.REFERRED):
        steps.move(row, Status.TRIED)  # they wait for somebody again
    if row.status in Status.begun():
        steps.plan(row, None)
        steps.stay_with(row, by)
    row.save()
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
    if not typed_text.is_reason(reason):
        raise StepRefusedError("Nothing was changed: write why, in a word at least.")
    row.danger = danger
    row.save(update_fields=["danger"])
    Note.by(by, submission=row, text=reason).save()
    return row


def look_away(rows, *, by, until=None, why=""):
    """Let `rows` rest until then, or for good: who may be in danger and was not reached, only with a reason.

    The reason stays as a note. Less than an hour needs none: they stay on everybody's list.
    """
    left = [row for row in rows if row.is_not_reached_in_danger]
    if not left or (until and until <= timezone.now() + DANGER_SOON):
        return
    accepted = f"I accept that nobody looks at it {f'until {in_words(until)}' if until else 'any more'}"
    if not typed_text.is_reason(why):
        raise InDangerError(
            "Not done yet: it may be somebody in danger, and nobody has reached them.",
            answer="is_accepted",
            tick=accepted,
            asks_why=True,
        )
    for row in left:
        Note.by(by, submission=row, text=f"In danger, not reached. {accepted}: {why}").save()
