"""Taking back an attempt that was logged by mistake: it no longer counts, and both stay in the timeline.

Called by the admin. For a few minutes, by whoever logged it: later, others have acted on it.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from intake.models import Attempt, Status, Submission, TimelineEvent
from intake.staff import steps
from intake.staff.steps import StepRefusedError

Kind = TimelineEvent.Kind
SPAN = timedelta(minutes=10)


def newest_of(submission, user):
    """Return the newest attempt if `user` may take it back now, or None."""
    newest = submission.attempts.first()
    is_theirs = newest and newest.author_id == user.pk and newest.at > timezone.now() - SPAN
    return newest if is_theirs and submission.status in Status.claimable() else None


@transaction.atomic
def take_back(submission, *, by, key):
    """Undo the attempt `key` with those of the same try; the message goes back to where it was."""
    row, *others = steps.locked(submission)
    newest = newest_of(row, by)
    if newest is None or newest.pk != key:
        raise StepRefusedError(
            "Only the newest attempt can be taken back, for 10 minutes, by who logged it."
            " Reopen a closed message first."
        )
    found = {each.pk: each for each in (row, *others)}
    same_try = Attempt.objects.filter(
        submission__in=Submission.objects.of_person(row), at=newest.at, author=by
    )
    for attempt in same_try.select_related("submission"):
        attempt.is_taken_back = True
        attempt.save(update_fields=["is_taken_back"])
        message = found.get(attempt.submission_id)
        if message:
            _put_back(message, attempt)
            steps.stay_with(message, by)
            message.save()
        steps.record(message or attempt.submission, by, Kind.TAKEN_BACK)
    return row


def _put_back(message, attempt):
    """What came since, such as words of the sender, keeps its place on the list."""
    if message.status in (Status.TRIED, Status.REACHED):
        before = Status(attempt.status_before)
        is_left = before == Status.CLAIMED and message.claimed_by_id is None
        message.status = Status.NEW if is_left else before
        message.status_changed_at = timezone.now()
    since = message.events.filter(at__gte=attempt.at, kind__in=(Kind.ADDED_TO, Kind.IN_DANGER))
    message.due_at = min(attempt.due_before, message.due_at) if since.exists() else attempt.due_before
    message.is_waiting_for_them = attempt.was_waiting_for_them and not since.exists()
