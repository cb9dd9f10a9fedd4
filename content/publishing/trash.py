"""The trash: where a deleted page is kept, off the site, with all its history. Called by the admin.

Nothing deletes a page for good: its Versions are the record of what visitors read.
"""

from django.db import transaction
from django.utils import timezone

from content.models import AuditEntry, Page
from content.publishing import addresses, audit, going_live, guards, locks


@transaction.atomic
def move(page, *, author=None):
    """Take `page` off the site, now and later, and move it to trash; a core page raises `ValidationError`."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    if page.trashed_at:
        return
    guards.refuse_core(page)
    going_live.withdraw(page, author=author)
    page.trashed_at = timezone.now()
    page.save(update_fields=["trashed_at"])
    audit.log(AuditEntry.Action.TRASHED, author=author, subject=page.path)


@transaction.atomic
def restore(page, *, author=None):
    """Make `page` a draft again, at the next free address if another page has its own by now; return it."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    if not page.trashed_at:
        return page
    locks.refuse(page, author)
    page.trashed_at, page.path = None, addresses.free(page.path, page)
    page.clean()
    page.save(update_fields=["trashed_at", "path"])
    audit.log(AuditEntry.Action.RESTORED_FROM_TRASH, author=author, subject=page.path)
    return page
