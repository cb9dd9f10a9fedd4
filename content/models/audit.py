"""What staff leave behind: the audit trail of pages, and the links they gave to reviewers."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

PREVIEW_DAYS = 7


class AuditEntry(models.Model):
    """One act on a page or a shared fact: who, when, what, on which Version. Never changed, never deleted.

    Holds names of pages and facts only; written by the verbs in publishing.py and by the admin.
    """

    class Action(models.TextChoices):
        RECORDED = "recorded", "saved a draft"
        SIGNED_OFF = "signed-off", "signed off"
        PUBLISHED = "published", "published"
        SCHEDULED = "scheduled", "scheduled"
        WITHDRAWN = "withdrawn", "withdrew"
        RESTORED = "restored", "restored"
        BINNED = "binned", "put in the bin"
        UNBINNED = "unbinned", "brought back from the bin"
        MOVED = "moved", "moved to another address"
        SHARED = "shared", "made a preview link"
        REVOKED = "revoked", "revoked a preview link"
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

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "audit trail"
        permissions = [("export_auditentry", "Can export the audit trail")]

    def __str__(self):
        return f"{self.author_name or 'The site'} {self.get_action_display()} {self.subject}"


class PreviewLink(models.Model):
    """A link that shows one Version to a reviewer without an account, for `PREVIEW_DAYS` days."""

    version = models.ForeignKey("content.Version", on_delete=models.CASCADE, related_name="preview_links")
    token = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self):
        return f"Preview of {self.version}"

    def get_absolute_url(self):
        return f"/preview/{self.token}/"

    @property
    def expires_at(self):
        return self.created_at + timedelta(days=PREVIEW_DAYS)

    def is_open(self, at=None):
        return self.revoked_at is None and (at or timezone.now()) < self.expires_at
