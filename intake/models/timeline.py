"""What staff do with a message: notes, attempts and other events. Written by staff/ and receiving/."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from intake.encryption import EncryptedTextField
from intake.models.messages import Submission


class StaffRecord(models.Model):
    """What every record of an act shares: who and when. Rows are only ever added."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField("by", max_length=150, blank=True)  # survives the account
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    @classmethod
    def by(cls, author, **fields):
        """Return a new record of what `author` did, not saved yet; None when the site acts by itself."""
        return cls(author=author, author_name=author.get_username() if author else "", **fields)


class Note(StaffRecord):
    """An internal note. Encrypted like the message, never mailed, never changed."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notes")
    text = EncryptedTextField(max_length=4000)

    def __str__(self):
        return f"Note on message {self.submission.reference}"


class CountedAttempts(models.Manager):
    """Without what was logged by mistake."""

    def get_queryset(self):
        return super().get_queryset().filter(is_taken_back=False)


class EveryAttempt(models.Manager):
    """For the timeline. A class of its own: the first manager is the one that `attempts` uses."""


class Attempt(StaffRecord):
    """One try to reach the person, and where the message was before: for one that is taken back."""

    class Channel(models.TextChoices):
        CALL = "call", "Called"
        TEXT = "text", "Texted"
        EMAIL = "email", "Emailed"

    class Outcome(models.TextChoices):
        NO_ANSWER = "no-answer", "No answer, no voicemail left"
        VOICEMAIL = "voicemail", "Left a voicemail"
        SENT = "sent", "Sent, no answer yet"
        SOMEONE_ELSE = "someone-else", "Someone else answered; said nothing"
        WRONG_CONTACT = "wrong-contact", "Wrong number or address"
        REACHED = "reached", "Reached the person"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attempts")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    outcome = models.CharField(max_length=15, choices=Outcome.choices)
    next_due_at = models.DateTimeField("try again", null=True, blank=True)
    status_before = models.CharField(max_length=20, blank=True, editable=False)
    due_before = models.DateTimeField(null=True, editable=False)
    was_waiting_for_them = models.BooleanField(default=False, editable=False)
    is_taken_back = models.BooleanField("logged by mistake", default=False, editable=False)

    objects = CountedAttempts()
    with_mistakes = EveryAttempt()

    def __str__(self):
        return f"Attempt for message {self.submission.reference}"


class TimelineEvent(StaffRecord):
    """A change in the life of a message: claimed, handed over, closed. Holds no words of a person."""

    class Kind(models.TextChoices):
        LOGGED = "logged", "Logged by staff"
        CLAIMED = "claimed", "Claimed"
        RELEASED = "released", "Released"
        TAKEN_OVER = "taken-over", "Taken over"
        RELEASED_OFF = "released-off", "Released automatically: the account can no longer answer"
        RELEASED_IDLE = "released-idle", "Released automatically: no activity since it was claimed"
        MOVED = "moved", "Moved"
        TAKEN_BACK = "taken-back", "Took back an attempt that was logged by mistake"
        HANDED_OVER = "handed-over", "Handed over"
        CLOSED = "closed", "Closed"
        REOPENED = "reopened", "Reopened"
        NOT_SPAM = "not-spam", "Moved out of suspected spam"
        ADDED_TO = "added-to", "The sender added something"
        DELETED = "deleted", "Deleted by the sender, before anybody had opened it"
        SAME_PERSON = "same-person", "Confirmed as the same person as"
        SEPARATED = "separated", "No longer the same person as"
        IN_DANGER = "in-danger", "Marked as in danger"
        NOT_IN_DANGER = "not-in-danger", "Marked as not in danger"
        HELD = "held", "Protected from automatic deletion"
        HOLD_LIFTED = "hold-lifted", "No longer protected from automatic deletion"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    # A colleague's sign-in name, the label of an outcome, or the reference of another message.
    detail = models.CharField(max_length=150, blank=True)

    def __str__(self):
        return f"Message {self.submission.reference}: {self.words}"

    @property
    def words(self):
        """What happened, in words for the timeline."""
        if not self.detail:
            return self.get_kind_display()
        joints = {self.Kind.HANDED_OVER: " to ", self.Kind.MOVED: " to ", self.Kind.TAKEN_OVER: " from "}
        joints |= dict.fromkeys((self.Kind.SAME_PERSON, self.Kind.SEPARATED), " ")
        joint = joints.get(self.kind, ": ")
        return f"{self.get_kind_display()}{joint}{self.detail}"
