"""Where a message stands against its promise, in words. Used by the lists, the start page and the screen."""

from dataclasses import dataclass

from intake.models import Submission
from intake.reply_times import in_words
from intake.staff import workflow

Status = Submission.Status


@dataclass(frozen=True)
class Standing:
    """`text` is never empty for an open message; `is_late` means that the promise is broken."""

    text: str
    is_late: bool = False


def of(submission, now):
    """Return where `submission` stands at `now`."""
    if submission.status == Status.TRIED:
        return _call_back(submission.due_at, now)
    if submission.status not in (Status.NEW, Status.CLAIMED):
        return Standing(submission.get_status_display())
    if submission.due_at > now and submission.status == Status.CLAIMED:
        return Standing(f"Call back {in_words(submission.due_at, now)}")
    if not submission.promised_by:
        return Standing(f"Waiting since {in_words(submission.received_at, now)}")
    if submission.promised_by < now:
        return Standing(f"Overdue since {in_words(submission.promised_by, now)}", is_late=True)
    return Standing(f"Answer by {in_words(submission.promised_by, now)}")


def _call_back(due_at, now):
    if due_at > now:
        return Standing(f"Call back {in_words(due_at, now)}")
    if due_at < now - workflow.CALL_BACK_GRACE:
        return Standing(f"Overdue: call back was due {in_words(due_at, now)}", is_late=True)
    return Standing("Call back now")
