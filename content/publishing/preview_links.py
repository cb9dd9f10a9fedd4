"""The verbs on PreviewLink: give a reviewer without an account a draft to read, and take it back.

Called by the admin; the address itself is answered by `views.preview`.
"""

from django.db import transaction
from django.utils import timezone

from content.models import AuditEntry, PreviewLink
from content.publishing import audit


@transaction.atomic
def share(version, *, author):
    """Return a new PreviewLink to `version`."""
    link = PreviewLink.objects.create(version=version, created_by=author)
    audit.log(AuditEntry.Action.SHARED, author=author, subject=version.page.path, version=version)
    return link


@transaction.atomic
def revoke(link, *, author):
    """Close `link` now; closing it again changes nothing."""
    if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        version = link.version
        audit.log(AuditEntry.Action.REVOKED, author=author, subject=version.page.path, version=version)
