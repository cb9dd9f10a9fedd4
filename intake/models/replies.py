"""Emails that staff write to a person from the screen of a message. Sent by outbox/replies.py."""

from django.db import models

from intake.encryption import EncryptedTextField
from intake.models.messages import Submission
from intake.models.outbox import Notification
from intake.models.timeline import StaffRecord


class Reply(StaffRecord):
    """One email: its text encrypted like a note, its way through the outbox in the Notification."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="replies")
    notification = models.OneToOneField(Notification, on_delete=models.CASCADE, related_name="reply")
    to = EncryptedTextField()
    subject = EncryptedTextField()
    body = EncryptedTextField()
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self):
        return f"Email about message {self.submission.reference}"

    @property
    def state(self):
        """What has become of it, in words."""
        if self.refused_at:
            return "Refused by the mail server: it did not arrive"
        if self.notification.sent_at:
            return "Taken by the mail server"
        return "On its way" if not self.notification.attempts else "Not taken yet: it is tried again"
