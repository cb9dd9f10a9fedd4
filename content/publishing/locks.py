"""A page that one person alone may change, until it is unlocked. Called by the verbs and the admin.

Every verb that changes a draft or what visitors see refuses others with `refuse`; reading, comments and
sign-offs go on. A lock whose account was ended keeps nobody out.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from content.models import AuditEntry, Page, PageLock
from content.publishing import audit
from content.readability.visible_text import is_reason


def lock_of(page):
    """Return the lock on `page` that holds, or None."""
    return PageLock.objects.filter(page=page.pk, by__is_active=True).select_related("by").first()


def against(page, user):
    """Return the lock that keeps `user` from changing `page`, or None. The site itself is never kept out."""
    lock = lock_of(page) if user else None
    return lock if lock and lock.by_id != user.pk else None


def refuse(page, user):
    """Raise `ValidationError` if somebody else locked `page`. Call it with the page row locked."""
    if lock := against(page, user):
        text = f"{lock}. Reason: {lock.reason.rstrip('.')}. {lock.name} or an owner can unlock it."
        raise ValidationError(text, code="locked")


def may_unlock(lock, user):
    """Whether `user` may end `lock`: whoever set it, and owners."""
    return lock.by_id == user.pk or user.has_perm("content.unlock_page")


@transaction.atomic
def lock(page, *, author, reason):
    """Let `author` alone change `page`; `reason` is for colleagues."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    refuse(page, author)
    if not is_reason(reason):
        raise ValidationError({"reason": "Say in a few words why only you may change this page."})
    kept = {"by": author, "reason": reason.strip(), "at": timezone.now()}
    made, _ = PageLock.objects.update_or_create(page=page, defaults=kept)
    audit.log(AuditEntry.Action.LOCKED, author=author, subject=page.path, detail=made.reason)
    return made


@transaction.atomic
def unlock(page, *, author):
    """End the lock on `page`; raise `ValidationError` if it is for somebody else to end."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    held = lock_of(page)
    if held and not may_unlock(held, author):
        refuse(page, author)
    if held:
        held.delete()
        audit.log(AuditEntry.Action.UNLOCKED, author=author, subject=page.path)
