"""The verbs on a message: claim, release, hand over, log an attempt, add a note, move, close.

Called by the admin. Each runs in one transaction with the message's row locked, checks that the step is
allowed, and adds a TimelineEvent. `by` is the member of staff who acts. Claims that end by themselves, and
those of a whole account, are in claims.py; what stands on which list is in work_lists.py.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from intake.models import Attempt, IntakeSettings, Note, Notification, Status, Submission, TimelineEvent
from intake.outbox import wakeup

Kind = TimelineEvent.Kind
IDLE_CLAIM = timedelta(hours=4)  # in office hours or not: then somebody else may take it
SHORTEST_CLAIM = timedelta(minutes=15)  # a call takes that long, however little is left of the promise
TRIES_IN_A_ROW = 2  # one more within TRIES_SPAN is questioned
TRIES_SPAN = timedelta(minutes=1)

# From which status to which; everything else is refused.
ALLOWED = {
    Status.NEW: {Status.CLAIMED, Status.CLOSED, Status.SPAM},
    Status.CLAIMED: {Status.NEW, Status.TRIED, Status.REACHED, Status.REFERRED, Status.CLOSED, Status.SPAM},
    Status.TRIED: {Status.CLAIMED, Status.TRIED, Status.REACHED, Status.REFERRED, Status.CLOSED, Status.SPAM},
    Status.REACHED: {Status.REACHED, Status.REFERRED, Status.CLOSED, Status.TRIED},
    Status.REFERRED: {Status.REFERRED, Status.REACHED, Status.CLOSED, Status.TRIED},
    Status.CLOSED: {Status.CLAIMED},
    Status.SUSPECTED: {Status.NEW, Status.SPAM},
    Status.SPAM: {Status.NEW},
}
EVENTS = {  # what move() adds to the timeline
    (Status.SUSPECTED, Status.NEW): Kind.NOT_SPAM,
    (Status.SPAM, Status.NEW): Kind.NOT_SPAM,
    (Status.CLOSED, Status.CLAIMED): Kind.REOPENED,
}


class StepRefusedError(Exception):
    """The step is not allowed now; the text says why, in words for staff."""


class DoubtfulStepError(StepRefusedError):
    """The step looks like a mistake: asked for once more with is_meant it is taken."""


def _locked(submission):
    return Submission.objects.select_for_update().get(pk=submission.pk)


def _locked_and_claimable(submission):
    """Refuse a message that nobody needs to hold: a page can be older than a colleague's step."""
    row = _locked(submission)
    if row.status not in Status.claimable():
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


def _hold(submission, holder, *, is_handed_over=False):
    """Make `holder` the one who answers, from now until the claim counts as idle."""
    if submission.status == Status.NEW:
        _move(submission, Status.CLAIMED)
    submission.claimed_by, submission.is_handed_over = holder, is_handed_over
    _renew(submission)


def _renew(submission):
    """The holder is active. An idle claim ends while there is still time for somebody else to answer."""
    now = timezone.now()
    span = IDLE_CLAIM
    if submission.status in Status.untried() and submission.promised_by:
        span = max(SHORTEST_CLAIM, min(span, (submission.promised_by - now) / 2))
    submission.claimed_at, submission.claim_ends_at = now, max(now, submission.due_at) + span


def _let_go(submission):
    submission.claimed_by = submission.claimed_at = submission.claim_ends_at = None
    submission.is_handed_over = False


def _stay_with(submission, by):
    """Renew the claim if it is the holder who acts."""
    if submission.claimed_by_id == by.pk:
        _renew(submission)


def _plan(submission, due_at, is_waiting_for_them=False):
    """Say when the message comes back to a list; now, unless that is later."""
    submission.due_at = max(due_at or timezone.now(), timezone.now())
    submission.is_waiting_for_them = is_waiting_for_them


@transaction.atomic
def claim(submission, *, by):
    """Make `by` the one who answers; refused while a colleague holds it. Claiming again renews the claim."""
    row = _locked_and_claimable(submission)
    if row.claimed_by_id and row.claimed_by_id != by.pk:
        raise StepRefusedError(f"{row.claimed_by.get_username()} has already claimed this message.")
    is_again = row.claimed_by_id == by.pk
    _hold(row, by)
    row.save()
    _stop_alarms(row)
    if not is_again:
        _record(row, by, Kind.CLAIMED)
    return row


@transaction.atomic
def take_over(submission, *, by):
    """Make `by` the one who answers, although a colleague holds it."""
    row = _locked_and_claimable(submission)
    if row.claimed_by_id in (None, by.pk):
        return claim(row, by=by)
    holder = row.claimed_by.get_username()
    _hold(row, by)
    row.save()
    _stop_alarms(row)
    _record(row, by, Kind.TAKEN_OVER, holder)
    return row


@transaction.atomic
def release(submission, *, by=None, kind=Kind.RELEASED):
    """Return a claimed message to everyone. `by` is None when the site does it."""
    row = _locked(submission)
    if row.claimed_by_id is None:
        raise StepRefusedError("Nobody has claimed this message.")
    if row.status == Status.CLAIMED:
        _move(row, Status.NEW)
    _let_go(row)
    row.save()
    _record(row, by, kind)
    return row


@transaction.atomic
def hand_over(submission, *, to, by):
    """Make a colleague the one who answers, and tell them."""
    if not to.is_active or not to.has_perm("intake.change_submission"):
        raise StepRefusedError(f"{to.get_username()} can’t answer messages.")
    row = _locked_and_claimable(submission)
    _hold(row, to, is_handed_over=to.pk != by.pk)
    row.save()
    _stop_alarms(row)
    _record(row, by, Kind.HANDED_OVER, to.get_username())
    if row.is_handed_over and to.email:
        row.notifications.create(kind=Notification.Kind.HANDED_OVER, recipient=to.email)
        transaction.on_commit(wakeup.wake, robust=True)
    return row


@transaction.atomic
def log_attempt(
    submission,
    *,
    by,
    channel,
    outcome,
    next_due_at=None,
    is_waiting_for_them=False,
    attempts_seen=None,
    is_meant=False,
):
    """Record a try; the message is hidden until `next_due_at`, or stays due when there is none.

    Refused while a colleague holds the message; when the number of tries that the form promises is used up,
    unless the person was reached; and when there are more attempts than the `attempts_seen` on the page: a
    colleague called, or a second tap. Many tries in a row are asked about once.
    """
    row = _locked(submission)
    _refuse_doubtful_try(row, by, attempts_seen, is_meant)
    is_reached = outcome == Attempt.Outcome.REACHED
    limit = IntakeSettings.current().tries
    if limit and not is_reached and tries_made(row) >= limit:
        raise StepRefusedError(
            f"The form says that we try {limit} times. Close it as “Could not be reached”."
        )
    if row.claimed_by_id is None and row.status in Status.claimable():
        _hold(row, by)
    _move(row, Status.REACHED if is_reached else Status.TRIED)
    _plan(row, next_due_at, is_waiting_for_them)
    _stay_with(row, by)
    row.save()
    _stop_alarms(row)
    attempt = Attempt.by(by, submission=row, channel=channel, outcome=outcome, next_due_at=next_due_at)
    attempt.save()
    return attempt


def _refuse_doubtful_try(row, by, attempts_seen, is_meant):
    if row.claimed_by_id and row.claimed_by_id != by.pk:
        raise StepRefusedError(f"{row.claimed_by.get_username()} has this message. Take it over first.")
    if attempts_seen is not None and row.attempts.count() != attempts_seen:
        raise StepRefusedError("Not logged: someone logged an attempt after you opened this page. See below.")
    latest = row.attempts.filter(at__gt=timezone.now() - TRIES_SPAN).count()
    if latest >= TRIES_IN_A_ROW and not is_meant:
        raise DoubtfulStepError(f"{latest} attempts were logged in the last minute. Did you try once more?")


@transaction.atomic
def log_attempt_and_close(submission, *, by, closed_as, **attempt):
    """Record a try after which all is done, such as a talk."""
    log_attempt(submission, by=by, **attempt)
    return close(submission, by=by, outcome=closed_as)


@transaction.atomic
def add_note(submission, *, by, text):
    """Add an internal note; it cannot be changed afterwards."""
    row = _locked(submission)
    _stay_with(row, by)
    row.save(update_fields=["claimed_at", "claim_ends_at"])
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
    _let_go(row)
    row.save()
    _stop_alarms(row)
    _record(row, by, Kind.CLOSED, row.get_outcome_display().lower())
    return row


@transaction.atomic
def move(submission, *, by, status, next_due_at=None, is_waiting_for_them=False):
    """Take any other allowed step: referred, spam, back to new, reopened. What stays open has a next step."""
    row = _locked(submission)
    before = row.status
    _move(row, status)
    if status in (Status.NEW, Status.SPAM):
        _let_go(row)
    if status in Status.begun():
        _plan(row, next_due_at, is_waiting_for_them)
    if status == Status.CLAIMED:
        _hold(row, by)
        row.outcome = ""
    _stay_with(row, by)
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
    is_claimable = submission.status in Status.claimable()
    left_out = (*has_verb, Status.CLAIMED, Status.NEW) if is_claimable else has_verb
    return [status for status in Status if status in ALLOWED[submission.status] and status not in left_out]


def timeline(submission):
    """Return everything that happened to a message, newest first: notes, attempts, events."""
    records = [*submission.notes.all(), *submission.attempts.all(), *submission.events.all()]
    records += [*submission.wishes.all(), *submission.contact_details.all(), *submission.agreements.all()]
    records += submission.replies.select_related("notification")
    return sorted(records, key=lambda record: record.at, reverse=True)
