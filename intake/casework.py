"""The verbs on a message: claim, release, hand over, log an attempt, add a note, move on, close.

Called by the admin. Each runs in one transaction with the message's row locked, checks that the step is
allowed, and leaves a Step in the timeline. `by` is the member of staff who acts.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from intake.models import Attempt, IntakeSettings, Note, Step, Submission

Status = Submission.Status
IDLE_CLAIM = timedelta(hours=4)  # office or not: then somebody else may take it

# From which status to which; what is not here is refused.
ALLOWED = {
    Status.NEW: {Status.CLAIMED, Status.SPAM},
    Status.CLAIMED: {Status.NEW, Status.TRIED, Status.REACHED, Status.REFERRED, Status.CLOSED, Status.SPAM},
    Status.TRIED: {Status.CLAIMED, Status.TRIED, Status.REACHED, Status.REFERRED, Status.CLOSED, Status.SPAM},
    Status.REACHED: {Status.REFERRED, Status.CLOSED, Status.TRIED},
    Status.REFERRED: {Status.REACHED, Status.CLOSED},
    Status.CLOSED: {Status.CLAIMED},
    Status.SPAM: {Status.NEW},
}
OPEN = (Status.NEW, Status.CLAIMED, Status.TRIED, Status.REACHED, Status.REFERRED)


class StepRefused(Exception):
    """The step is not allowed now; the text says why, in words for staff."""


def _locked(submission):
    return Submission.objects.select_for_update().get(pk=submission.pk)


def _leave_step(submission, by, what):
    Step.objects.create(
        submission=submission, author=by, author_name=by.get_username() if by else "", what=what
    )


def _move(submission, status):
    """Set `status` on the locked row, or refuse."""
    if status not in ALLOWED[submission.status]:
        raise StepRefused(
            f"A message that is {submission.get_status_display().lower()} cannot become {Status(status).label.lower()}."
        )
    submission.status, submission.status_changed_at = status, timezone.now()


@transaction.atomic
def claim(submission, *, by):
    """Make `by` the one who answers; refused while a colleague holds it. Claiming again refreshes the claim."""
    row = _locked(submission)
    if row.claimed_by_id and row.claimed_by_id != by.pk:
        raise StepRefused(f"{row.claimed_by.get_username()} has claimed it already.")
    is_again = row.claimed_by_id == by.pk
    if row.status in (Status.NEW, Status.CLOSED):
        _move(row, Status.CLAIMED)
    row.claimed_by, row.claimed_at = by, timezone.now()
    row.save()
    if not is_again:
        _leave_step(row, by, "Claimed")
    return row


@transaction.atomic
def release(submission, *, by=None, why="Released"):
    """Give a claimed message back to everybody. `by` is None when the site does it."""
    row = _locked(submission)
    if row.claimed_by_id is None:
        raise StepRefused("Nobody has claimed it.")
    if row.status == Status.CLAIMED:
        _move(row, Status.NEW)
    row.claimed_by = row.claimed_at = None
    row.save()
    _leave_step(row, by, why)
    return row


@transaction.atomic
def hand_over(submission, *, to, by):
    """Make a colleague the one who answers."""
    row = _locked(submission)
    if row.status == Status.NEW:
        _move(row, Status.CLAIMED)
    row.claimed_by, row.claimed_at = to, timezone.now()
    row.save()
    _leave_step(row, by, f"Handed over to {to.get_username()}")
    return row


@transaction.atomic
def log_attempt(submission, *, by, channel, outcome, next_due_at=None):
    """Record a try; the message is hidden until `next_due_at`, or stays due when there is none.

    Refused when the number of tries that the form promises is used up, unless the person was reached.
    """
    row = _locked(submission)
    is_reached = outcome == Attempt.Outcome.REACHED
    limit = IntakeSettings.current().tries
    if limit and not is_reached and row.attempts.exclude(outcome=Attempt.Outcome.REACHED).count() >= limit:
        raise StepRefused(f"The form says that we try {limit} times. Close it as “could not be reached”.")
    if row.status == Status.NEW:
        row.claimed_by, row.claimed_at = by, timezone.now()
        _move(row, Status.CLAIMED)
    _move(row, Status.REACHED if is_reached else Status.TRIED)
    row.due_at = next_due_at or timezone.now()
    row.save()
    return Attempt.objects.create(
        submission=row,
        author=by,
        author_name=by.get_username(),
        channel=channel,
        outcome=outcome,
        next_due_at=next_due_at,
    )


@transaction.atomic
def add_note(submission, *, by, text):
    """Add an internal note; it cannot be changed afterwards."""
    return Note.objects.create(submission=submission, author=by, author_name=by.get_username(), text=text)


@transaction.atomic
def close(submission, *, by, outcome):
    """Finish a message; `outcome` (a Submission.Outcome) is required."""
    if outcome not in Submission.Outcome.values:
        raise StepRefused("Choose how it ended.")
    row = _locked(submission)
    _move(row, Status.CLOSED)
    row.outcome = outcome
    row.claimed_by = row.claimed_at = None
    row.save()
    _leave_step(row, by, f"Closed: {row.get_outcome_display().lower()}")
    return row


@transaction.atomic
def move(submission, *, by, status):
    """Take any other allowed step: referred, spam, back to new, reopened."""
    row = _locked(submission)
    _move(row, status)
    if status == Status.NEW:
        row.claimed_by = row.claimed_at = None
    row.save()
    _leave_step(row, by, f"Now {row.get_status_display().lower()}")
    return row


def release_idle(now=None):
    """Give back every claim that nobody has touched for IDLE_CLAIM; return how many."""
    now = now or timezone.now()
    idle = Submission.objects.filter(status=Status.CLAIMED, claimed_at__lt=now - IDLE_CLAIM)
    # The clock jumped: a claim from the future is as idle as an old one.
    idle = idle | Submission.objects.filter(status=Status.CLAIMED, claimed_at__gt=now + IDLE_CLAIM)
    rows = list(idle)
    for row in rows:
        release(row, why="Given back: nothing happened since it was claimed")
    return len(rows)


def needs_action(now=None):
    """Return the open messages that are due, oldest promise first."""
    now = now or timezone.now()
    is_due = Q(due_at__lte=now) | Q(status=Status.NEW)
    due = Submission.objects.filter(is_due, status__in=(Status.NEW, Status.CLAIMED, Status.TRIED))
    return due.order_by("promised_by", "received_at")


def timeline(submission):
    """Return everything that happened to a message, newest first: notes, attempts, steps."""
    acts = [*submission.notes.all(), *submission.attempts.all(), *submission.steps.all()]
    return sorted(acts, key=lambda act: act.at, reverse=True)
