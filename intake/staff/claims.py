"""Claims beside those of one message: the next one for me, idle ones, those of an account that is closed.

Called by the admin, by vtc_site/background.py and by vtc_site/staff/admin.py.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from intake.models import Submission, TimelineEvent
from intake.staff import work_lists, workflow

Kind = TimelineEvent.Kind


@transaction.atomic
def claim_next(*, by):
    """Claim the most urgent message that nobody has, and return it; None when there is none.

    No two people get the same: PostgreSQL skips rows that a colleague is taking, SQLite has one writer.
    """
    waiting = work_lists.common().filter(work_lists.is_due(timezone.now())).by_urgency()
    row = waiting.select_for_update(skip_locked=True).first()
    return workflow.claim(row, by=by) if row else None


def opened(submission, user):
    """The holder has seen what was handed to them: the mark on the start page goes."""
    mine = Submission.objects.filter(pk=submission.pk, claimed_by=user, is_handed_over=True)
    mine.update(is_handed_over=False)


def release_all_of(user):
    """Release every claim of an account that cannot answer any more; return how many."""
    return _release_each(Q(claimed_by=user), Kind.RELEASED_OFF)


def release_idle(now=None):
    """Release every claim without activity, and those of accounts that are switched off; return how many.

    A message that waits for a later step stays with its holder until that is overdue. A claim from the far
    future means that the clock jumped: it is as idle as an old one.
    """
    now = now or timezone.now()
    is_idle = Q(claim_ends_at__lt=now) | Q(claimed_at__gt=now + workflow.IDLE_CLAIM)
    off = _release_each(Q(claimed_by__is_active=False), Kind.RELEASED_OFF)
    return off + _release_each(is_idle, Kind.RELEASED_IDLE)


def _release_each(condition, kind):
    claims = Submission.objects.filter(condition, claimed_by__isnull=False)
    keys = list(claims.values_list("pk", flat=True))
    return sum(_release_still(claims.filter(pk=pk), kind) for pk in keys)


@transaction.atomic
def _release_still(rows, kind):
    """Release the message in `rows` unless its holder, or another process, was faster; return whether."""
    row = rows.select_for_update(of=("self",)).first()
    if row:
        workflow.release(row, kind=kind)
    return row is not None
