"""Writes the access log: who saw which message, when and how. Called wherever staff are shown one."""

from intake.models import AccessLogEntry


def record(user, kind, *references):
    """Add one entry for each message shown; one query however many."""
    entries = [AccessLogEntry.by(user, kind=kind, reference=reference) for reference in references]
    AccessLogEntry.objects.bulk_create(entries, batch_size=500)
