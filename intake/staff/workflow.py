"""The verbs on a message: claim, release, hand over, log an attempt, add a note, move, close.

Called by the admin. Each runs in one transaction with the message's row locked, checks that the step is
allowed, and adds a TimelineEvent. `by` is the member of staff who acts. The other open messages of the same
person (same_person.py) take each step too, so that all of them have one holder and one history. Claims that
end by themselves, and those of a whole account, are in claims.py; the lists are in work_lists.py.
"""

from django.db import transaction
from django.utils import timezone

from intake.models import Attempt, Note, Notification, Status, Submission, TimelineEvent
from intake.models.messages import DANGER_SOON
from intake.outbox import wakeup
from intake.staff import contact_preferences, danger, steps, tries
from intake.staff.steps import StepRefusedError

Kind = TimelineEvent.Kind


@transaction.atomic
def claim(submission, *, by):
    """Make `by` the one who answers; refused while a colleague holds it. Claiming again renews the claim."""
    rows = steps.locked_and_claimable(submission)
    row = rows[0]
    if row.claimed_by_id and row.claimed_by_id != by.pk:
        raise StepRefusedError(f"{row.claimed_by.get_username()} has already claimed this message.")
    steps.give(rows, by, by=by, kind=Kind.CLAIMED)
    return row


@transaction.atomic
def take_over(submission, *, by):
    """Make `by` the one who answers, although a colleague holds it."""
    rows = steps.locked_and_claimable(submission)
    row = rows[0]
    if row.claimed_by_id in (None, by.pk):
        return claim(row, by=by)
    steps.give(rows, by, by=by, kind=Kind.TAKEN_OVER, detail=row.claimed_by.get_username())
    return row


@transaction.atomic
def release(submission, *, by=None, kind=Kind.RELEASED):
    """Return a claimed message to everyone. `by` is None when the site does it."""
    rows = steps.locked(submission)
    if rows[0].claimed_by_id is None:
        raise StepRefusedError("Nobody has claimed this message.")
    for row in rows:
        if row.status == Status.CLAIMED:
            steps.move(row, Status.NEW)
        steps.let_go(row)
        row.save()
        steps.record(row, by, kind)
    return rows[0]


@transaction.atomic
def hand_over(submission, *, to, by):
    """Make a colleague the one who answers, and tell them."""
    if not to.is_active or not to.has_perm("intake.change_submission"):
        raise StepRefusedError(f"{to.get_username()} can’t answer messages.")
    rows = steps.locked_and_claimable(submission)
    row, is_given = rows[0], to.pk != by.pk
    steps.give(rows, to, by=by, kind=Kind.HANDED_OVER, detail=to.get_username(), is_handed_over=is_given)
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
    why="",
):
    """Record a try; the message is hidden until `next_due_at`, or stays due when there is none.

    Who may be in danger and was not reached stays on everybody's list, unless `why` says why not.

    Refused while a colleague holds the message; while no way is clearly allowed; when the number of tries
    that the form promises is used up, unless the person was reached; and when there are more attempts than
    the `attempts_seen` on the page: a colleague called, or a second tap. Many tries in a row are asked about
    once.
    """
    row, *others = steps.locked(submission)
    is_reached = outcome == Attempt.Outcome.REACHED
    tries.refuse_doubtful(row, by, attempts_seen, is_meant)
    tries.refuse_unclear_way(row, by, channel)
    if not is_reached:
        tries.refuse_used_up(row)
    tried = [row, *tries.of_the_same(row, others, channel, outcome)]
    attempt = {"channel": channel, "outcome": outcome, "next_due_at": next_due_at}
    attempt["at"] = timezone.now()  # the same for all: it is one try
    attempts = []
    for each in tried:
        if each.claimed_by_id is None and each.status in Status.claimable():
            steps.hold(each, by)
        attempts.append(Attempt.by(by, submission=each, **attempt, **_before(each)))
        _note_try(each, by, Status.REACHED if is_reached else Status.TRIED, next_due_at, is_waiting_for_them)
    # After the step: who was reached once and not now waits again.
    danger.look_away(tried, by=by, until=next_due_at or timezone.now(), why=why)
    return Attempt.objects.bulk_create(attempts)[0]


def _before(row):
    """Return what mistakes.py needs if the try was none."""
    return {
        "status_before": row.status,
        "due_before": row.due_at,
        "was_waiting_for_them": row.is_waiting_for_them,
    }


def _note_try(row, by, status, next_due_at, is_waiting_for_them):
    steps.move(row, status)
    steps.plan(row, next_due_at, is_waiting_for_them)
    steps.stay_with(row, by)
    row.save()
    steps.stop_alarms(row)


@transaction.atomic
def log_attempt_and_close(submission, *, by, closed_as, why="", **attempt):
    """Record a try after which all is done, such as a talk."""
    done = log_attempt(submission, by=by, **attempt)
    row, *others = steps.locked(submission)
    return _close([row, *tries.of_the_same(row, others, done.channel, done.outcome)], by, closed_as, why)


@transaction.atomic
def add_note(submission, *, by, text):
    """Add an internal note; it cannot be changed afterwards."""
    for row in steps.locked(submission):
        steps.stay_with(row, by)
        row.save(update_fields=["claimed_at", "claim_ends_at"])
    note = Note.by(by, submission=submission, text=text)
    note.save()
    return note


@transaction.atomic
def close(submission, *, by, outcome, why=""):
    """Finish a message; `outcome` (a Submission.Outcome) is required, and `why` for somebody in danger."""
    return _close(steps.locked(submission), by, outcome, why)


def _close(rows, by, outcome, why):
    if outcome not in Submission.Outcome.values:
        raise StepRefusedError("Choose an outcome.")
    if outcome == Submission.Outcome.NOT_REACHED and not tries.was_made(rows[0]):
        raise StepRefusedError(
            "Nobody has tried to reach them yet: log the attempt first, or choose another outcome."
        )
    danger.look_away(rows, by=by, why=why)
    for row in rows:
        steps.move(row, Status.CLOSED)
        row.outcome = outcome
        steps.let_go(row)
        row.save()
        steps.stop_alarms(row)
        steps.record(row, by, Kind.CLOSED, row.get_outcome_display().lower())
    return rows[0]


@transaction.atomic
def move(submission, *, by, status, next_due_at=None, is_waiting_for_them=False, why=""):
    """Take any other allowed step: referred, spam, back to new, reopened. What stays open has a next step."""
    row, *others = steps.locked(submission)
    if next_due_at and not is_waiting_for_them:
        _refuse_called_off(row, by)
    if status == Status.SPAM:
        danger.look_away([row], by=by, why=why)
    elif status == Status.REFERRED:
        danger.look_away([row, *others], by=by, until=_beyond_soon(next_due_at), why=why)
    _take_step(row, by, status, next_due_at, is_waiting_for_them)
    if next_due_at:  # whatever was just reopened or claimed rests until then, too
        danger.look_away([row], by=by, until=next_due_at, why=why)
    if status == Status.REFERRED:
        for each in others:
            if status in steps.ALLOWED[each.status]:
                _take_step(each, by, status, next_due_at, is_waiting_for_them)
    elif status == Status.NEW:
        steps.share_claim(row, others, by=by)
    elif status == Status.CLAIMED:
        steps.share_claim(row, others, by=by)
        steps.give(others, row.claimed_by, by=by, kind=Kind.CLAIMED)
    return row


def _refuse_called_off(row, by):
    """No call-back to somebody who wants none, unless a second person agreed or the person took it back."""
    found = contact_preferences.of(row, by)
    if found.called_off and not found.channel:
        raise StepRefusedError(f"Not planned: {found.problem} Close it, or see the safety note.")


def _beyond_soon(next_due_at):
    """Return when a referral comes back; None for soon: it leaves the list of those in danger at once."""
    return next_due_at if next_due_at and next_due_at > timezone.now() + DANGER_SOON else None


def _take_step(row, by, status, next_due_at, is_waiting_for_them):
    before = row.status
    steps.move(row, status)
    if status in (Status.NEW, Status.SPAM):
        steps.let_go(row)
    if status in Status.begun():
        steps.plan(row, next_due_at, is_waiting_for_them)
    if status == Status.CLAIMED:
        steps.hold(row, by)
        row.outcome = ""
    steps.stay_with(row, by)
    row.save()
    if status != Status.NEW:
        steps.stop_alarms(row)
    kind = steps.EVENTS.get((before, status), Kind.MOVED)
    steps.record(row, by, kind, row.get_status_display().lower() if kind == Kind.MOVED else "")


@transaction.atomic
def hold(submission, *, by, is_on_hold):
    """Protect a message from automatic deletion, or lift the protection."""
    row = steps.locked(submission)[0]
    row.is_on_hold = is_on_hold
    row.save(update_fields=["is_on_hold"])
    steps.record(row, by, Kind.HELD if is_on_hold else Kind.HOLD_LIFTED)
    return row


def next_steps(submission):
    """Return the statuses that have no verb of their own and are allowed now, for buttons."""
    has_verb = (Status.CLOSED, Status.TRIED, Status.REACHED)
    is_claimable = submission.status in Status.claimable()
    left_out = (*has_verb, Status.CLAIMED, Status.NEW) if is_claimable else has_verb
    return [
        status for status in Status if status in steps.ALLOWED[submission.status] and status not in left_out
    ]


def timeline(submission):
    """Return everything that happened to a message, newest first: notes, attempts, events."""
    attempts = Attempt.with_mistakes.filter(submission=submission)
    records = [*submission.notes.all(), *attempts, *submission.events.all()]
    records += [*submission.wishes.all(), *submission.contact_details.all(), *submission.agreements.all()]
    records += submission.replies.select_related("notification")
    return sorted(records, key=lambda record: record.at, reverse=True)
