"""The bin: where a deleted page waits, off the site, with all its history. Called by the admin.

Nothing deletes a page for good: its Versions are the record of what visitors were told.
"""

from django.db import transaction
from django.utils import timezone

from content import publishing
from content.models import AuditEntry, Page
from content.publishing import audit, guards


@transaction.atomic
def put(page, *, author=None):
    """Take `page` off the site for now and later, into the bin; a core page raises `ValidationError`."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    if page.binned_at:
        return
    guards.refuse_core(page)
    publishing.withdraw(page, author=author)
    page.binned_at = timezone.now()
    page.save(update_fields=["binned_at"])
    audit.log(AuditEntry.Action.BINNED, author=author, subject=page.path)


@transaction.atomic
def bring_back(page, *, author=None):
    """Make `page` a draft again; raise `ValidationError` if another page has its address by now."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    if not page.binned_at:
        return
    page.binned_at = None
    page.clean()
    page.save(update_fields=["binned_at"])
    audit.log(AuditEntry.Action.UNBINNED, author=author, subject=page.path)
