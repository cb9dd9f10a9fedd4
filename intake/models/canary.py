"""A test message that is sent through the site to prove that the whole path works. See outbox/canary.py."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from intake.models.messages import Submission


class Canary(models.Model):
    """One test: wanted, sent through the form, received, and taken by the mail server, each with its time."""

    wanted_at = models.DateTimeField(default=timezone.now, db_index=True)
    wanted_by = models.ForeignKey(  # nobody: the daily one
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    launched_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, blank=True)  # empty once it is spent
    received_at = models.DateTimeField(null=True)
    submission = models.OneToOneField(Submission, on_delete=models.SET_NULL, null=True, related_name="canary")
    mailed_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-wanted_at", "-pk"]

    def __str__(self):
        return f"Test message of {self.wanted_at:%Y-%m-%d %H:%M}"

    @property
    def is_on_its_way(self):
        """Whether there is something to wait for."""
        return not self.mailed_at and not self.alarmed_at
