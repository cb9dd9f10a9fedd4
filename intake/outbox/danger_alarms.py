"""Tells staff again of words of danger until a person has opened the message. Run by vtc_site/background.py.

The first notice comes with the message (receiving/storing.py). These go out at any hour, and for suspected
spam too: what looks like spam may be a person who types in haste.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from intake.models import AccessLogEntry, Danger, Notification, Submission

AGAIN_AFTER = timedelta(minutes=15)
DANGER = Notification.Kind.DANGER


def repeat_due(now=None):
    """Put one more notice into the outbox for every message that nobody has opened; return how many."""
    now = now or timezone.now()
    if not _due(now).exists():
        return 0
    with transaction.atomic():
        rows = list(_due(now).only("pk").select_for_update(skip_locked=True, of=("self",)))
        Notification.objects.bulk_create(
            Notification(submission=row, kind=DANGER, created_at=now) for row in rows
        )
    return len(rows)


def unopened():
    """Return the messages with words of danger that nobody has opened since staff were told of them."""
    opened = AccessLogEntry.objects.filter(
        reference=OuterRef("submission__reference"),
        at__gte=OuterRef("created_at"),
        kind__in=(AccessLogEntry.Kind.DETAIL, AccessLogEntry.Kind.CONTACT),
    )
    unseen = _notices().filter(~Exists(opened))
    return Submission.objects.exclude(danger=Danger.NONE).filter(Exists(unseen))


def _due(now):
    is_recent = Q(created_at__gt=now - AGAIN_AFTER, created_at__lte=now)
    return unopened().exclude(Exists(_notices().filter(is_recent | Q(sent_at=None))))


def _notices():
    return Notification.objects.filter(submission=OuterRef("pk"), kind=DANGER, recipient="")
