"""Which keys the running processes write with, and whether the rows can be read with those of the settings.

Used by readiness.py, rotate_encryption_keys, and vtc_site for checks, /healthz/ and the admin.
"""

from datetime import timedelta
from math import ceil

from django.utils import timezone

from intake import encryption
from intake.models import Submission, WritingKey

USED_WITHIN = timedelta(seconds=150)  # each process notes its key every minute
NEWEST_MESSAGES = 20


def note():
    """Write down that this process writes with the first key."""
    first = encryption.fingerprints()[0]
    WritingKey.objects.update_or_create(fingerprint=first, defaults={"used_at": timezone.now()})


def others_of_running_processes():
    """Return {key: seconds until it counts no more} of those, but the first here, written with lately."""
    rows = _others().filter(used_at__gt=timezone.now() - USED_WITHIN).order_by("fingerprint")
    return {
        row.fingerprint: ceil((row.used_at + USED_WITHIN - timezone.now()).total_seconds()) for row in rows
    }


def forget_others():
    """No row needs them any more."""
    _others().delete()


def _others():
    return WritingKey.objects.exclude(fingerprint=encryption.fingerprints()[0])


def missing():
    """Return the fingerprints of keys that rows may need and the settings lack."""
    known = encryption.fingerprints()
    rows = WritingKey.objects.exclude(fingerprint__in=known).order_by("fingerprint")
    return list(rows.values_list("fingerprint", flat=True))


def problem():
    """Return in words why some texts cannot be read; empty when the keys are complete, as far as is known."""
    way_out = (
        "Put it back behind the first, NEW,OLD, and restart: nothing is lost as long as you have it."
        " Is it lost for good? `manage.py rotate_encryption_keys` says what is, and ends this."
    )
    if names := ", ".join(missing()):
        return f"FIELD_ENCRYPTION_KEYS lacks the key {names}, which the site wrote messages with. {way_out}"
    if not encryption.reads_newest(Submission, NEWEST_MESSAGES):
        return f"FIELD_ENCRYPTION_KEYS lacks a key: one of the newest messages opens with none. {way_out}"
    return ""
