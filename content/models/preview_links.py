"""Links that show a draft to people without an account. Used by publishing/preview_links.py and the views."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

PREVIEW_DAYS = 7


class PreviewLinkQuerySet(models.QuerySet):
    def open(self):
        """Links that still work."""
        since = timezone.now() - timedelta(days=PREVIEW_DAYS)
        return self.filter(revoked_at=None, created_at__gt=since, version__page__trashed_at=None)


class PreviewLink(models.Model):
    """A link that shows one Version to a reviewer without an account, for `PREVIEW_DAYS` days."""

    version = models.ForeignKey("content.Version", on_delete=models.CASCADE, related_name="preview_links")
    token = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

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
        """Whether it shows anything: not when taken back, too old, or its page lies in the trash."""
        is_over = self.revoked_at or self.version.page.trashed_at
        return not is_over and (at or timezone.now()) < self.expires_at
