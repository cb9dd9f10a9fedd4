"""What a sender does after sending. Written by receiving/, shown on the screen of a message."""

from django.db import models
from django.utils import timezone

from intake.encryption import EncryptedTextField
from intake.models.choices import Danger
from intake.models.messages import Submission
from intake.models.references import new_reference, spoken


class CopyReference(models.Model):
    """A reference for somebody who sent the same fields again: it reveals nothing of the first message."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="copy_references")
    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"Copy {self.reference}"


class Addition(models.Model):
    """What a sender added later. The message itself stays as it was written."""

    class Kind(models.TextChoices):
        TEXT = "text", "They added"
        PHONE = "phone", "They gave another phone number"
        EMAIL = "email", "They gave another email address"
        CALL_OFF = "call-off", "They ask us not to contact them after all"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="additions")
    reference = models.CharField(max_length=8, db_index=True)  # theirs: of the message, or of a copy
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = EncryptedTextField(blank=True)
    value_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)  # of a detail
    danger = models.CharField(max_length=10, choices=Danger.choices, blank=True, default="")  # and shown so
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Addition to message {self.submission.reference}"

    @property
    def is_from_copy(self):
        """Whether it came with the reference of a copy: perhaps from somebody else."""
        return self.reference != self.submission.reference


class Deletion(models.Model):
    """That a sender deleted a message, or what a copy added; nothing else of it is left.

    After a backup is restored, these are applied again.
    """

    reference = models.CharField(max_length=8, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name = "deletion by the sender"
        verbose_name_plural = "deletions by senders"

    def __str__(self):
        return f"Message {spoken(self.reference)}, deleted by its sender"
