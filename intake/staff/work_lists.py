"""Which list an open message stands on, and in which order. Used by the start page, the list and claims.py.

Every open message is on exactly one: that of its holder, the common one, or that of suspected spam.
"""

from django.db.models import Q
from django.utils import timezone

from intake.models import Status, Submission
from intake.models.messages import CALL_BACK_GRACE, DANGER_SOON, not_reached_in_danger
from intake.outbox import danger_alarms


def held_by(user):
    """Return the messages that `user` answers."""
    return Submission.objects.filter(claimed_by=user, status__in=Status.claimable())


def common():
    """Return the messages that nobody has claimed."""
    return Submission.objects.filter(claimed_by=None, status__in=Status.claimable())


def suspected():
    """Return what looks like spam and nobody has decided about."""
    return Submission.objects.filter(status=Status.SUSPECTED)


def is_due(now):
    """Return the condition of messages that need action at `now`."""
    return Q(status=Status.NEW) | Q(status__in=Status.begun(), due_at__lte=now) | is_in_danger(now)


def is_in_danger(now):
    """Return the condition of messages that stay on everybody's list, whoever has them and until a person
    in danger was reached. Only one that staff put off for longer, with a reason, rests.
    """
    return Q(status__in=Status.waiting(), due_at__lte=now + DANGER_SOON) & not_reached_in_danger()


def waits_for_later(now):
    """Return the condition of messages whose next step comes after `now`."""
    return Q(status__in=Status.begun(), due_at__gt=now) & ~is_in_danger(now)


def is_overdue(now):
    """Return the condition of messages whose promise, or next step, is overdue at `now`."""
    is_late = Q(status__in=Status.after_a_try(), due_at__lt=now - CALL_BACK_GRACE)
    return Q(status__in=Status.untried(), promised_by__lt=now) | is_late


def needs_action(now=None, user=None):
    """Return what is due on the common list, what a colleague of `user` holds and has let go late, who may
    be in danger and was not reached, and what looks like spam but has words of danger that nobody has read.
    """
    now = now or timezone.now()
    is_common = Q(claimed_by=None) & is_due(now)
    is_left = Q(claimed_by__isnull=False) & is_overdue(now)
    is_unread = Q(pk__in=danger_alarms.unopened().filter(status=Status.SUSPECTED).values("pk"))
    rows = Submission.objects.filter(is_common | is_left | is_in_danger(now) | is_unread).by_urgency()
    return rows.exclude(claimed_by=user) if user else rows
