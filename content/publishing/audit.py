"""Writes the audit trail: one entry for each act on a page or a shared fact.

Called by the verbs and the admin. An entry names pages, facts and fields; of a fact that pages show it keeps
the old and the new value, of a person's record none.
"""

from content.models import AuditEntry

MAX_DETAIL = AuditEntry._meta.get_field("detail").max_length
MAX_SUBJECT = AuditEntry._meta.get_field("subject").max_length
MAX_NAME = AuditEntry._meta.get_field("author_name").max_length


def log(action, *, author, subject, version=None, detail="", fact="", before=None, after=None):
    """Write that `author` (None: the site itself) did `action` (an `AuditEntry.Action`) to `subject`.

    Call it inside the transaction of the act, so that neither exists without the other.
    """
    name = (author.get_full_name() or author.get_username()) if author else ""
    return AuditEntry.objects.create(
        action=action,
        author=author,
        author_name=name[:MAX_NAME],
        subject=str(subject)[:MAX_SUBJECT],
        version=version,
        detail=_shortened(detail),
        fact=fact,
        before=before or {},
        after=after or {},
    )


def _shortened(detail):
    return detail if len(detail) <= MAX_DETAIL else f"{detail[: MAX_DETAIL - 1]}…"
