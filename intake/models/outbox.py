"""The outbox that makes staff hear of messages, and who wants to. Worked by delivery.py."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from intake.models.messages import Submission


class NotificationQuerySet(models.QuerySet):
    def to_staff(self):
        """What staff must hear; the rest is a courtesy to the person who wrote."""
        return self.exclude(kind=Notification.Kind.COPY)


class Notification(models.Model):
    """A row of the outbox: staff are to be told of a message. Kept after sending, as proof."""

    class Kind(models.TextChoices):
        NEW = "new", "A message waits"
        ALARM = "alarm", "Nobody has claimed it"
        COPY = "copy", "Reference for the person"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NEW, editable=False)
    created_at = models.DateTimeField("created", default=timezone.now)
    next_try_at = models.DateTimeField("next try", default=timezone.now)
    claimed_until = models.DateTimeField("claimed until", null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    last_error = models.CharField("last error", max_length=100, blank=True)
    message_key = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            # notifications.deliver_due() looks only at rows that are not sent yet.
            models.Index(fields=["next_try_at"], condition=Q(sent_at=None), name="intake_due_notifications")
        ]

    def __str__(self):
        return f"Notice of message {self.submission.reference}"


class NoticePreference(models.Model):
    """Whether a member of staff gets an e-mail for new messages. Without a row: yes."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference"
    )
    is_on = models.BooleanField("e-mail me when a message waits", default=True)

    class Meta:
        verbose_name = "notice preference"

    def __str__(self):
        return f"Notices of {self.user.get_username()}"
