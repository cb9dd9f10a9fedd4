"""The verbs on a message: claim, release, hand over, log an attempt, add a note, move, close.

Called by the admin. Each runs in one transaction with the message's row locked, checks that the step is
allowed, and adds a TimelineEvent. `by` is the member of staff who acts.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from intake.models import Attempt, IntakeSettings, Note, Notification, Status, Submission, TimelineEvent

Kind = TimelineEvent.Kind
IDLE_CLAIM = timedelta(hours=4)  # in office hours or not: then somebody else may take it
CALL_BACK_GRACE = timedelta(hours=1)  # a call-back that is later than this counts as overdue

# From which status to which; everything else is refused.
ALLOWED = {
    Status.NEW: {Status.CLAIMED, Status.SPAM},
    Status.CLAIMED: {Status.NEW, Status.TRIED, Status.REACHED, Status.REFERRED, Status.CLOSED, Status.SPAM},
    Status.TRIED: {Status.CLAIMED, Status.TRIED, Status.REACHED, Status.REFERRED, Status.CLOSED, Status.SPAM},
    Status.REACHED: {Status.REACHED, Status.REFERRED, Status.CLOSED, Status.TRIED},
    Status.REFERRED: {Status.REACHED, Status.CLOSED},
    Status.CLOSED: {Status.CLAIMED},
    Status.SPAM: {Status.NEW},
}
EVENTS = {  # what move() adds to the timeline
    (Status.SPAM, Status.NEW): Kind.NOT_SPAM,
    (Status.CLOSED, Status.CLAIMED): Kind.REOPENED,
}


class StepRefusedError(Exception):
    """The step is not allowed now; the text says why, in words for staff."""


def _locked(submission):
    return Submission.objects.select_for_update().get(pk=submission.pk)


def _locked_and_open(submission):
    """Refuse a message that nobody needs to hold: a page can be older than a colleague's step."""
    row = _locked(submission)
    if row.status not in Status.open():
        raise StepRefusedError(f"This message is {row.get_status_display().lower()}, so nobody can claim it.")
    return row


def _record(submission, by, kind, detail=""):
    TimelineEvent.by(by, submission=submission, kind=kind, detail=detail).save()


def _move(submission, status):
    """Set `status` on the locked row, or refuse."""
    if status not in ALLOWED[submission.status]:
        is_now, wanted = submission.get_status_display().lower(), Status(status).label.lower()
        raise StepRefusedError(f"A message that is {is_now} cannot become {wanted}.")
    submission.status, submission.status_changed_at = status, timezone.now()


def _stop_alarms(submission):
    """Somebody takes care of it: no need to notify a second person."""
    submission.notifications.filter(kind=Notification.Kind.ALARM, sent_at=None).delete()


def _stay_with(submission, by):
    """The holder is active: the claim is not idle."""
    if submission.claimed_by_id == by.pk:
        submission.claimed_at = timezone.now()


@transaction.atomic
def claim(submission, *, by):
    """Make `by` the one who answers; refused while a colleague holds it. Claiming again renews the claim."""
    row = _locked_and_open(submission)
    if row.claimed_by_id and row.claimed_by_id != by.pk:
        raise StepRefusedError(f"{row.claimed_by.get_username()} has already claimed this message.")
    is_again = row.claimed_by_id == by.pk
    if row.status == Status.NEW:
        _move(row, Status.CLAIMED)
    row.claimed_by, row.claimed_at = by, timezone.now()
    row.save()
    _stop_alarms(row)
    if not is_again:
        _record(row, by, Kind.CLAIMED)
    return row


@transaction.atomic
def release(submission, *, by=None, kind=Kind.RELEASED):
    """Return a claimed message to everyone. `by` is None when the site does it."""
    row = _locked(submission)
    if row.claimed_by_id is None:
        raise StepRefusedError("Nobody has claimed this message.")
    if row.status == Status.CLAIMED:
        _move(row, Status.NEW)
    row.claimed_by = row.claimed_at = None
    row.save()
    _record(row, by, kind)
    return row


@transaction.atomic
def hand_over(submission, *, to, by):
    """Make a colleague the one who answers."""
    if not to.is_active or not to.has_perm("intake.change_submission"):
        raise StepRefusedError(f"{to.get_username()} can’t answer messages.")
    row = _locked_and_open(submission)
    if row.status == Status.NEW:
        _move(row, Status.CLAIMED)
    row.claimed_by, row.claimed_at = to, timezone.now()
    row.save()
    _stop_alarms(row)
    _record(row, by, Kind.HANDED_OVER, to.get_username())
    return row


@transaction.atomic
def log_attempt(submission, *, by, channel, outcome, next_due_at=None, attempts_seen=None):
    """Record a try; the message is hidden until `next_due_at`, or stays due when there is none.

    Refused when the number of tries that the form promises is used up, unless the person was reached; and
    when there are more attempts than the `attempts_seen` on the page: a colleague called, or a second tap.
    """
    row = _locked(submission)
    if attempts_seen is not None and row.attempts.count() != attempts_seen:
        raise StepRefusedError("Not logged: someone logged an attempt after you opened this page. See below.")
    is_reached = outcome == Attempt.Outcome.REACHED
    limit = IntakeSettings.current().tries
    if limit and not is_reached and tries_made(row) >= limit:
        raise StepRefusedError(
            f"The form says that we try {limit} times. Close it as “Could not be reached”."
        )
    if row.status == Status.NEW:
        row.claimed_by, row.claimed_at = by, timezone.now()
        _move(row, Status.CLAIMED)
    _move(row, Status.REACHED if is_reached else Status.TRIED)
    row.due_at = max(next_due_at or timezone.now(), timezone.now())
    _stay_with(row, by)
    row.save()
    _stop_alarms(row)
    attempt = Attempt.by(by, submission=row, channel=channel, outcome=outcome, next_due_at=next_due_at)
    attempt.save()
    return attempt


@transaction.atomic
def add_note(submission, *, by, text):
    """Add an internal note; it cannot be changed afterwards."""
    row = _locked(submission)
    _stay_with(row, by)
    row.save(update_fields=["claimed_at"])
    note = Note.by(by, submission=submission, text=text)
    note.save()
    return note


@transaction.atomic
def close(submission, *, by, outcome):
    """Finish a message; `outcome` (a Submission.Outcome) is required."""
    if outcome not in Submission.Outcome.values:
        raise StepRefusedError("Choose an outcome.")
    row = _locked(submission)
    _move(row, Status.CLOSED)
    row.outcome = outcome
    row.claimed_by = row.claimed_at = None
    row.save()
    _stop_alarms(row)
    _record(row, by, Kind.CLOSED, row.get_outcome_display().lower())
    return row


@transaction.atomic
def move(submission, *, by, status):
    """Take any other allowed step: referred, spam, back to new, reopened."""
    row = _locked(submission)
    before = row.status
    _move(row, status)
    if status in (Status.NEW, Status.SPAM):
        row.claimed_by = row.claimed_at = None
    if status == Status.CLAIMED:
        row.claimed_by, row.claimed_at, row.due_at, row.outcome = by, timezone.now(), timezone.now(), ""
    row.save()
    if status != Status.NEW:
        _stop_alarms(row)
    kind = EVENTS.get((before, status), Kind.MOVED)
    _record(row, by, kind, row.get_status_display().lower() if kind == Kind.MOVED else "")
    return row


@transaction.atomic
def hold(submission, *, by, is_on_hold):
    """Protect a message from automatic deletion, or lift the protection."""
    row = _locked(submission)
    row.is_on_hold = is_on_hold
    row.save(update_fields=["is_on_hold"])
    _record(row, by, Kind.HELD if is_on_hold else Kind.HOLD_LIFTED)
    return row


def tries_made(submission):
    """Return how many tries count against the limit that the form promises."""
    return submission.attempts.exclude(outcome=Attempt.Outcome.REACHED).count()


def next_steps(submission):
    """Return the statuses that have no verb of their own and are allowed now, for buttons."""
    has_verb = (Status.CLOSED, Status.TRIED, Status.REACHED)
    is_open = submission.status in Status.open()
    left_out = (*has_verb, Status.CLAIMED, Status.NEW) if is_open else has_verb
    return [status for status in Status if status in ALLOWED[submission.status] and status not in left_out]


def release_idle(now=None):
    """Release every claim without activity for IDLE_CLAIM; return how many.

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
    """Release the message in `rows` unless its holder, or another process, was faster; return whether."""
    row = rows.select_for_update().first()
    if row:
        release(row, kind=Kind.RELEASED_IDLE)
    return row is not None


def is_due(now):
    """Return the condition of messages that need action at `now`."""
    return Q(status=Status.NEW) | Q(status__in=Status.held(), due_at__lte=now)


def waits_for_later(now):
    """Return the condition of messages with a call-back after `now`."""
    return Q(status__in=Status.held(), due_at__gt=now)


def is_overdue(now):
    """Return the condition of messages whose promise, or call-back, is overdue at `now`."""
    is_broken = Q(status__in=Status.untried(), promised_by__lt=now)
    return is_broken | Q(status=Status.TRIED, due_at__lt=now - CALL_BACK_GRACE)


def needs_action(now=None):
    """Return the open messages that are due, oldest promise first."""
    due = Submission.objects.filter(is_due(now or timezone.now()))
    return due.order_by(F("promised_by").asc(nulls_last=True), "received_at")


def timeline(submission):
    """Return everything that happened to a message, newest first: notes, attempts, events."""
    records = [*submission.notes.all(), *submission.attempts.all(), *submission.events.all()]
    records += [*submission.wishes.all(), *submission.contact_details.all(), *submission.agreements.all()]
    records += submission.replies.select_related("notification")
    return sorted(records, key=lambda record: record.at, reverse=True)
