"""The outbox of emails about messages, and who wants notices. Sent by outbox/delivery.py and receipts.py."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from intake.failures import named
from intake.models.messages import Submission

MAX_BACKOFF = timedelta(hours=1)
MAX_DANGER_BACKOFF = timedelta(minutes=1)


def lease():
    """How long a claim holds: longer than all steps of one SMTP conversation take together."""
    return timedelta(seconds=12 * settings.EMAIL_TIMEOUT)


class NotificationQuerySet(models.QuerySet):
    """The one way in which a process takes rows and gives them back. `now` is the same in one round.

    Two processes never hold the same row: PostgreSQL skips rows that are locked, SQLite has one writer.
    A time far ahead is doubted: it comes from a clock that was wrong.
    """

    def to_staff(self):
        """Notices for staff; the rest is a courtesy to the person who wrote."""
        return self.exclude(kind__in=[Notification.Kind.RECEIPT, Notification.Kind.REPLY])

    def unhurried(self):
        """Without those that go first and wait for no other's pause."""
        return self.exclude(kind__in=Notification.URGENT)

    def to_all(self):
        """Without those that one refused address alone still waits for."""
        return self.filter(recipient="")

    def free(self, now):
        """Rows that no process holds."""
        is_far = Q(claimed_until__gt=now + 2 * lease())
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lt=now) | is_far)

    def due(self, now):
        """Rows to send now: a first try never waits, nor any for longer than the longest pause."""
        is_time = Q(attempts=0) | Q(next_try_at__lte=now) | Q(next_try_at__gt=now + MAX_BACKOFF)
        is_urgent = Q(kind=Notification.Kind.DANGER, next_try_at__gt=now + MAX_DANGER_BACKOFF)
        return self.free(now).filter(is_time | is_urgent, sent_at=None)

    def unlocked(self):
        """Rows that no other process is taking at this moment. In a transaction only."""
        return self.select_for_update(skip_locked=True)

    def claim(self, now, **changes):
        """Take these rows for lease() and count the attempt. In a transaction only."""
        keys = self.unlocked().values("pk")
        claim = {"claimed_until": now + lease(), "attempts": F("attempts") + 1, **changes}
        return Notification.objects.filter(pk__in=keys).update(**claim)

    def mark_sent(self, at):
        """The mail server has taken the mail."""
        return self.update(sent_at=at, claimed_until=None, last_error="")

    def retry_in(self, wait, error):
        """Give the rows back after a failure; kept is the kind of error, never its text."""
        return self.update(claimed_until=None, next_try_at=timezone.now() + wait, last_error=named(error))


class Notification(models.Model):
    """A row of the outbox: an email about a message. Kept after sending, as proof."""

    class Kind(models.TextChoices):
        NEW = "new", "New message"
        ALARM = "alarm", "Needs someone now"
        HANDED_OVER = "handed-over", "Handed over"
        DANGER = "danger", "Please look now"
        CALLED_OFF = "called-off", "The sender wants no contact"
        ADDED = "added", "The sender added something"
        TEST = "test", "Test message"
        REPLY = "reply", "Email to the person"
        RECEIPT = "receipt", "Reference for the sender"

    URGENT = (Kind.DANGER, Kind.CALLED_OFF)  # in this order

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=15, choices=Kind.choices, default=Kind.NEW, editable=False)
    created_at = models.DateTimeField("created", default=timezone.now)
    next_try_at = models.DateTimeField("next try", default=timezone.now)
    claimed_until = models.DateTimeField("claimed until", null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    last_error = models.CharField("last error", max_length=100, blank=True)
    mail_key = models.UUIDField(default=uuid.uuid4, editable=False)
    recipient = models.CharField(
        "only to", max_length=254, blank=True, default="", editable=False, help_text="Others have it already."
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            # deliver_due() looks only at rows that are not sent yet.
            models.Index(fields=["next_try_at"], condition=Q(sent_at=None), name="intake_due_notifications")
        ]

    def __str__(self):
        return f"Notice about message {self.submission.reference}"


class NoticePreference(models.Model):
    """Whether a member of staff gets an email about new messages. Without a row: yes."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference"
    )
    is_on = models.BooleanField("email me when a message is waiting", default=True)
    refused_at = models.DateTimeField("email refused", null=True, blank=True, editable=False)
    refusal = models.CharField("mail server’s answer", max_length=20, blank=True, editable=False)

    class Meta:
        verbose_name = "email notice setting"

    def __str__(self):
        return f"Notices for {self.user.get_username()}"
