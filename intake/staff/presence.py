"""Who has a message open right now, so that two people don't call the same person. Used by the admin.

A page that is open renews its row (static/js/admin/presence.js); one that is not renewed expires.
"""

from datetime import timedelta

from django.utils import timezone

from intake.models import Presence, Submission

EXPIRES_AFTER = timedelta(minutes=5)


def arrive(submission, user):
    """Record that `user` has the message open."""
    Presence.objects.update_or_create(submission=submission, user=user, defaults={"seen_at": timezone.now()})


def others(submission, user):
    """Return the rows of colleagues who have it open, or another message of that person; latest first."""
    is_now = timezone.now() - EXPIRES_AFTER
    theirs = Submission.objects.of_person(submission)
    rows = Presence.objects.filter(submission__in=theirs, seen_at__gt=is_now).exclude(user=user)
    return rows.select_related("user").order_by("-seen_at")


def forget_expired():
    """Delete expired rows. Run by vtc_site/background.py."""
    Presence.objects.filter(seen_at__lt=timezone.now() - EXPIRES_AFTER).delete()
