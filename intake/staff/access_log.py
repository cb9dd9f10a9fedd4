"""Writes down every look at a message: who, when, which, how. Called wherever staff are shown one."""

from intake.models import AccessLogEntry


def record(user, kind, *references):
    """Add one row for each look; one query however many."""
    name = user.get_username()
    rows = [
        AccessLogEntry(author=user, author_name=name, kind=kind, reference=reference)
        for reference in references
    ]
    AccessLogEntry.objects.bulk_create(rows, batch_size=500)


def opened(submissions):
    """Return the references of those `submissions` that somebody has opened."""
    kinds = (AccessLogEntry.Kind.DETAIL, AccessLogEntry.Kind.CONTACT)
    looks = AccessLogEntry.objects.filter(
        kind__in=kinds, reference__in=[each.reference for each in submissions]
    )
    return set(looks.values_list("reference", flat=True))
