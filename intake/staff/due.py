"""When a message needs action, in words. Used by the message list, the start page and the screen."""

from dataclasses import dataclass

from intake.models import Status
from intake.models.messages import CALL_BACK_GRACE
from intake.reply_times import in_words

READ_FIRST = "May be in danger: read first"
CALLED_OFF = "Asked not to be contacted"
NOT_REACHED = "In danger, not reached"


@dataclass(frozen=True)
class Due:
    """`text` is never empty; `is_late` means that the promise, or the call-back, is overdue."""

    text: str
    is_late: bool = False


def of(submission, now):
    """Return what is due for `submission` at `now`; words of danger go before every time."""
    due = _due(submission, now)
    if getattr(submission, "is_called_off", False):  # only lists ask: calling_off.mark()
        due = Due(f"{CALLED_OFF}. {due.text}", due.is_late)
    if submission.is_not_reached_in_danger:
        words = NOT_REACHED if submission.status == Status.TRIED else READ_FIRST
        return Due(f"{words}. {due.text}", is_late=True)
    return due


def _due(submission, now):
    if submission.status in (Status.CLOSED, Status.SPAM):
        return Due(submission.get_status_display())
    if submission.status not in (*Status.untried(), Status.SUSPECTED):
        return _next_step(submission, now)
    if submission.due_at > now and submission.status == Status.CLAIMED:
        return Due(f"Call back {in_words(submission.due_at, now)}")
    if not submission.promised_by:
        return Due(f"Waiting since {in_words(submission.received_at, now)}")
    if submission.promised_by < now:
        return Due(f"Overdue since {in_words(submission.promised_by, now)}", is_late=True)
    return Due(f"Answer by {in_words(submission.promised_by, now)}")


def _next_step(submission, now):
    """Say what comes after a try, a talk or a referral, and when."""
    due_at, is_theirs = submission.due_at, submission.is_waiting_for_them
    if due_at > now:
        return Due(f"{'Waiting for them until' if is_theirs else 'Call back'} {in_words(due_at, now)}")
    if due_at < now - CALL_BACK_GRACE:
        what = "they were to answer by" if is_theirs else "the call-back was due"
        return Due(f"Overdue: {what} {in_words(due_at, now)}", is_late=True)
    return Due("They did not answer: next step now" if is_theirs else "Next step now")
