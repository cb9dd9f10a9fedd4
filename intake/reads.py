"""Writes down every look at a message: who, when, which, how. Called wherever staff are shown one."""

from intake.models import ReadRecord


def record(user, kind, *references):
    """Add one row for each look; one query however many."""
    name = user.get_username()
    rows = [
        ReadRecord(author=user, author_name=name, kind=kind, reference=reference) for reference in references
    ]
    ReadRecord.objects.bulk_create(rows, batch_size=500)
