"""The verbs on a message: claim, release, hand over, log an attempt, add a note, move on, close.

Called by the admin. Each runs in one transaction with the message's row locked, checks that the step is
allowed, and leaves a Step in the timeline. `by` is the member of staff who acts.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from intake.models import Attempt, IntakeSettings, Note, Notification, Step, Submission

Status = Submission.Status
IDLE_CLAIM = timedelta(hours=4)  # office or not: then somebody else may take it
CALL_BACK_GRACE = timedelta(hours=1)  # a call-back that is later than this counts as overdue

# From which status to which; what is not here is refused.
ALLOWED = {
    Status.NEW: {Status.CLAIMED, Status.SPAM},
    Status.CLAIMED: {Status.NEW, Status.TRIED, Status.REACHED, Status.REFERRED, Status.CLOSED, Status.SPAM},
    Status.TRIED: {Status.CLAIMED, Status.TRIED, Status.REACHED, Status.REFERRED, Status.CLOSED, Status.SPAM},
    Status.REACHED: {Status.REACHED, Status.REFERRED, Status.CLOSED, Status.TRIED},
    Status.REFERRED: {Status.REACHED, Status.CLOSED},
    Status.CLOSED: {Status.CLAIMED},
    Status.SPAM: {Status.NEW},
}
OPEN = (Status.NEW, Status.CLAIMED, Status.TRIED, Status.REACHED, Status.REFERRED)


class StepRefused(Exception):
    """The step is not allowed now; the text says why, in words for staff."""


def _locked(submission):
    return Submission.objects.select_for_update().get(pk=submission.pk)


def _locked_and_open(submission):
    """Refuse what nobody needs to hold: a page can be older than the step of a colleague."""
    row = _locked(submission)
    if row.status not in OPEN:
        raise StepRefused(f"A message that is {row.get_status_display().lower()} needs nobody.")
    return row


def _leave_step(submission, by, what):
    Step.objects.create(
        submission=submission, author=by, author_name=by.get_username() if by else "", what=what
    )


def _move(submission, status):
    """Set `status` on the locked row, or refuse."""
    if status not in ALLOWED[submission.status]:
        is_now, wanted = submission.get_status_display().lower(), Status(status).label.lower()
        raise StepRefused(f"A message that is {is_now} cannot become {wanted}.")
    submission.status, submission.status_changed_at = status, timezone.now()


def _stop_alarms(submission):
    """Somebody takes care of it: a second person need not be told any more."""
    submission.notifications.filter(kind=Notification.Kind.ALARM, sent_at=None).delete()


def _stay_with(submission, by):
    """What the holder does keeps the claim from going back as idle."""
    if submission.claimed_by_id == by.pk:
        submission.claimed_at = timezone.now()


@transaction.atomic
def claim(submission, *, by):
    """Make `by` the one who answers; refused while a colleague holds it. Claiming again renews the claim."""
    row = _locked_and_open(submission)
    if row.claimed_by_id and row.claimed_by_id != by.pk:
        raise StepRefused(f"{row.claimed_by.get_username()} has claimed it already.")
    is_again = row.claimed_by_id == by.pk
    if row.status == Status.NEW:
        _move(row, Status.CLAIMED)
    row.claimed_by, row.claimed_at = by, timezone.now()
    row.save()
    _stop_alarms(row)
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
    if not to.is_active or not to.has_perm("intake.change_submission"):
        raise StepRefused(f"{to.get_username()} may not answer messages.")
    row = _locked_and_open(submission)
    if row.status == Status.NEW:
        _move(row, Status.CLAIMED)
    row.claimed_by, row.claimed_at = to, timezone.now()
    row.save()
    _stop_alarms(row)
    _leave_step(row, by, f"Handed over to {to.get_username()}")
    return row


@transaction.atomic
def log_attempt(submission, *, by, channel, outcome, next_due_at=None, attempts_seen=None):
    """Record a try; the message is hidden until `next_due_at`, or stays due when there is none.

    Refused when the number of tries that the form promises is used up, unless the person was reached; and
    when there are more attempts than the `attempts_seen` on the page: a colleague called, or a second tap.
    """
    row = _locked(submission)
    if attempts_seen is not None and row.attempts.count() != attempts_seen:
        raise StepRefused("Not logged: an attempt was logged since you opened this page. It stands below.")
    is_reached = outcome == Attempt.Outcome.REACHED
    limit = IntakeSettings.current().tries
    if limit and not is_reached and tries_made(row) >= limit:
        raise StepRefused(f"The form says that we try {limit} times. Close it as “could not be reached”.")
    if row.status == Status.NEW:
        row.claimed_by, row.claimed_at = by, timezone.now()
        _move(row, Status.CLAIMED)
    _move(row, Status.REACHED if is_reached else Status.TRIED)
    row.due_at = max(next_due_at or timezone.now(), timezone.now())
    _stay_with(row, by)
    row.save()
    _stop_alarms(row)
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
    row = _locked(submission)
    _stay_with(row, by)
    row.save(update_fields=["claimed_at"])
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
    _stop_alarms(row)
    _leave_step(row, by, f"Closed: {row.get_outcome_display().lower()}")
    return row


@transaction.atomic
def move(submission, *, by, status):
    """Take any other allowed step: referred, spam, back to new, reopened."""
    row = _locked(submission)
    _move(row, status)
    if status in (Status.NEW, Status.SPAM):
        row.claimed_by = row.claimed_at = None
    if status == Status.CLAIMED:
        row.claimed_by, row.claimed_at, row.due_at, row.outcome = by, timezone.now(), timezone.now(), ""
    row.save()
    if status != Status.NEW:
        _stop_alarms(row)
    _leave_step(row, by, f"Now {row.get_status_display().lower()}")
    return row


@transaction.atomic
def keep(submission, *, by, is_on_hold):
    """Keep a message from being deleted by itself, or let it go again."""
    row = _locked(submission)
    row.is_on_hold = is_on_hold
    row.save(update_fields=["is_on_hold"])
    _leave_step(row, by, "Kept: not deleted by itself" if is_on_hold else "May be deleted by itself again")
    return row


def tries_made(submission):
    """Return how many tries count against the limit that the form promises."""
    return submission.attempts.exclude(outcome=Attempt.Outcome.REACHED).count()


def next_steps(submission):
    """Return the statuses that have no verb of their own and are allowed now, for buttons."""
    has_verb = (Status.CLOSED, Status.TRIED, Status.REACHED)
    is_open = submission.status not in (Status.CLOSED, Status.SPAM)
    left_out = (*has_verb, Status.CLAIMED, Status.NEW) if is_open else has_verb
    return [status for status in Status if status in ALLOWED[submission.status] and status not in left_out]


def release_idle(now=None):
    """Give back every claim that nobody has touched for IDLE_CLAIM; return how many.

    A message that waits for a later call-back stays with its holder until that is IDLE_CLAIM overdue.
    """
    now = now or timezone.now()
    # Far in the future means that the clock jumped: such a claim is as idle as an old one.
    is_idle = Q(claimed_at__lt=now - IDLE_CLAIM) | Q(claimed_at__gt=now + IDLE_CLAIM)
    waits = Q(status=Status.CLAIMED) | Q(status=Status.TRIED, due_at__lt=now - IDLE_CLAIM)
    idle = Submission.objects.filter(is_idle, waits, claimed_by__isnull=False)
    return sum(_release_still_idle(idle.filter(pk=pk)) for pk in list(idle.values_list("pk", flat=True)))


@transaction.atomic
def _release_still_idle(rows):
    """Give the message in `rows` back unless its holder, or another process, was faster; return whether."""
    row = rows.select_for_update().first()
    if row:
        release(row, why="Given back: nothing happened since it was claimed")
    return row is not None


def is_due(now):
    """Return the condition of messages that need action at `now`."""
    return Q(status=Status.NEW) | Q(status__in=(Status.CLAIMED, Status.TRIED), due_at__lte=now)


def waits_for_later(now):
    """Return the condition of messages with a call-back after `now`."""
    return Q(status__in=(Status.CLAIMED, Status.TRIED), due_at__gt=now)


def is_overdue(now):
    """Return the condition of messages whose promise, or call-back, is over at `now`."""
    is_broken = Q(status__in=(Status.NEW, Status.CLAIMED), promised_by__lt=now)
    return is_broken | Q(status=Status.TRIED, due_at__lt=now - CALL_BACK_GRACE)


def needs_action(now=None):
    """Return the open messages that are due, oldest promise first."""
    due = Submission.objects.filter(is_due(now or timezone.now()))
    return due.order_by(F("promised_by").asc(nulls_last=True), "received_at")


def timeline(submission):
    """Return everything that happened to a message, newest first: notes, attempts, steps."""
    acts = [*submission.notes.all(), *submission.attempts.all(), *submission.steps.all()]
    return sorted(acts, key=lambda act: act.at, reverse=True)
