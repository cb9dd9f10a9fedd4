"""Writes down every look at a message: who, when, which, how. Called wherever staff are shown one."""

from intake.models import ReadRecord


def record(user, kind, *references):
    """Add one row for each look; one query however many."""
    name = user.get_username()
    rows = [
        ReadRecord(author=user, author_name=name, kind=kind, reference=reference) for reference in references
    ]
    ReadRecord.objects.bulk_create(rows, batch_size=500)


def opened(submissions):
    """Return the references of those `submissions` that somebody has opened."""
    kinds = (ReadRecord.Kind.DETAIL, ReadRecord.Kind.CONTACT)
    looks = ReadRecord.objects.filter(kind__in=kinds, reference__in=[each.reference for each in submissions])
    return set(looks.values_list("reference", flat=True))
