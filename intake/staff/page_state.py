"""What a page was made from: a step from a page that is older than what others did is refused.

Used by the screen of a message. Somebody may have claimed it, closed it, tried, or added words since.
"""

from intake.models import Status
from intake.staff.steps import StepRefusedError


def of(submission):
    """Return what the forms of a page carry; it holds nothing that a person wrote."""
    counts = (submission.additions.count(), submission.attempts.count())
    return ":".join(map(str, (submission.status, submission.claimed_by_id or "", submission.danger, *counts)))


def refuse_stale(submission, seen, *, by, but_for_attempts=False):
    """Refuse when others have changed `submission` since the page was made; `seen` is what that carried."""
    parts = (seen or "").split(":")
    now = of(submission).split(":")
    if len(parts) != len(now):  # a page from before this was asked, or none at all
        return
    status, holder, danger, added, tried = (before != after for before, after in zip(parts, now, strict=True))
    is_mine = submission.claimed_by_id == by.pk
    happened = [
        (holder and not is_mine, _holder(submission)),
        (
            status and not (is_mine and submission.status in Status.claimable()),
            f"it is {submission.get_status_display().lower()}",
        ),
        (danger, "the flag “May be in danger” changed"),
        (added, "the sender added something"),
        (tried and not but_for_attempts, "an attempt was logged or taken back"),
    ]
    if words := [text for is_so, text in happened if is_so]:
        raise StepRefusedError(
            f"Nothing was changed. Since you opened this page: {', '.join(words)}."
            " Look first, then do it again."
        )


def _holder(submission):
    holder = submission.claimed_by
    return f"{holder.get_username()} has this message" if holder else "nobody has this message any more"
