"""The audit trail of pages and shared facts. Written by content/publishing/audit.py."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """One action on a page or a shared fact: who, when, what, on which Version. Never changed or deleted.

    Holds names of pages and facts, and of what pages show also the old and the new value.
    """

    class Action(models.TextChoices):
        RECORDED = "recorded", "saved a draft"
        SIGNED_OFF = "signed-off", "signed off"
        PUBLISHED = "published", "published"
        SCHEDULED = "scheduled", "scheduled"
        WITHDRAWN = "withdrawn", "withdrew"
        RESTORED = "restored", "restored"
        TRASHED = "trashed", "moved to trash"
        RESTORED_FROM_TRASH = "untrashed", "restored from trash"
        MOVED = "moved", "moved to another address"
        SHARED = "shared", "made a preview link"
        REVOKED = "revoked", "revoked a preview link"
        ASKED = "asked", "asked for a sign-off of"
        SENT_BACK = "sent-back", "sent back"
        LOCKED = "locked", "locked"
        UNLOCKED = "unlocked", "unlocked"
        FACT_CHANGED = "fact-changed", "changed a shared fact"

    at = models.DateTimeField(default=timezone.now, db_index=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=150, blank=True)  # survives the account
    action = models.CharField(max_length=15, choices=Action.choices)
    subject = models.CharField(max_length=200)  # address of the page or name of the fact
    version = models.ForeignKey("content.Version", on_delete=models.PROTECT, null=True, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    # Of a shared fact that pages show: which one, the values before, to put back with one click, and after.
    fact = models.CharField(max_length=60, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "audit trail"
        permissions = [("export_auditentry", "Can export the audit trail")]

    def __str__(self):
        return f"{self.author_name or 'The site'} {self.get_action_display()} {self.subject}"
