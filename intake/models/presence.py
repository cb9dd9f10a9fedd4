"""Who has a message open now. Written by staff/presence.py."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from intake.models.messages import Submission


class Presence(models.Model):
    """A member of staff who has a message open. A row that is not renewed expires."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "user"], name="intake_one_presence_each")
        ]

    def __str__(self):
        return f"Message {self.submission.reference} is open"
