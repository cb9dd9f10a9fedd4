"""Claims beside those of one message: the next one for me, idle ones, those of an account that is closed.

Called by the admin, by vtc_site/background.py and by vtc_site/staff/admin.py.
"""

from contextlib import suppress

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from intake.models import Status, Submission, TimelineEvent
from intake.outbox import emails
from intake.staff import steps, work_lists, workflow

Kind = TimelineEvent.Kind


@transaction.atomic
def claim_next(*, by):
    """Claim the most urgent message that nobody has, and return it; None when there is none.

    No two people get the same: PostgreSQL skips rows that a colleague is taking, SQLite has one writer.
    """
    waiting = work_lists.common().filter(work_lists.is_due(timezone.now())).by_urgency()
    return next(filter(None, (_claimed(row, by) for row in waiting.only("pk", "person"))), None)


def _claimed(submission, by):
    """Claim a message with those of its person, or return None: a colleague is taking one of them.

    The oldest of them is locked first, as everywhere (steps.py), and stands for all.
    """
    theirs = Submission.objects.of_person(submission).filter(status__in=Status.claimable()).order_by("pk")
    oldest = theirs.values_list("pk", flat=True)[:1]
    if not Submission.objects.select_for_update(skip_locked=True).filter(pk__in=list(oldest)):
        return None
    with suppress(steps.StepRefusedError):
        return workflow.claim(submission, by=by)
    return None


def opened(submission, user):
    """The holder has seen what was handed to them: the mark on the start page goes."""
    theirs = Submission.objects.of_person(submission)
    mine = theirs.filter(claimed_by=user, is_handed_over=True)
    mine.update(is_handed_over=False)


def release_all_of(user):
    """Release every claim of an account that cannot answer any more; return how many."""
    return _release_each(Q(claimed_by=user), Kind.RELEASED_OFF)


def release_idle(now=None):
    """Release every claim without activity, and those of accounts that cannot answer; return how many.

    A message that waits for a later step stays with its holder until that is overdue. A claim from the far
    future means that the clock jumped: it is as idle as an old one.
    """
    now = now or timezone.now()
    is_idle = Q(claim_ends_at__lt=now) | Q(claimed_at__gt=now + steps.IDLE_CLAIM)
    can_answer = Q(claimed_by__in=emails.readers().order_by()) | Q(claimed_by__is_superuser=True)
    off = _release_each(Q(claimed_by__is_active=False) | ~can_answer, Kind.RELEASED_OFF)
    return off + _release_each(is_idle, Kind.RELEASED_IDLE)


def _release_each(condition, kind):
    claims = Submission.objects.filter(condition, claimed_by__isnull=False)
    keys = list(claims.values_list("pk", flat=True))
    return sum(_release_still(claims.filter(pk=pk), kind) for pk in keys)


@transaction.atomic
def _release_still(rows, kind):
    """Release the message in `rows` unless its holder, or another process, was faster; return whether."""
    row = rows.first()
    if row is None or not steps.locked(row) or not rows.exists():
        return False
    workflow.release(row, kind=kind)
    return True
