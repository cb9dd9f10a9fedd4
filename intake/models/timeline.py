"""What staff do with a message: notes, attempts, steps, and who looked. Written by staff/."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from intake.encryption import EncryptedTextField
from intake.models.messages import Submission


class StaffAct(models.Model):
    """What every record of an act shares: who and when. Rows are only ever added."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField("by", max_length=150, blank=True)  # survives the account
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]


class Note(StaffAct):
    """An internal note. Encrypted like the message, never mailed, never changed."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notes")
    text = EncryptedTextField(max_length=4000)

    def __str__(self):
        return f"Note on message {self.submission.reference}"


class Attempt(StaffAct):
    """One try to reach the person."""

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

    def __str__(self):
        return f"Attempt for message {self.submission.reference}"


class Step(StaffAct):
    """A change of state in the life of a message: claimed, handed over, closed. Holds no text of a person."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=200)

    def __str__(self):
        return f"Message {self.submission.reference}: {self.what}"


class AccessLogIsKept(Exception):
    """Somebody tried to change or delete the record of a look."""


class AccessLogEntries(models.QuerySet):
    """Rows can be added and read, and go when their time is over: a mistake must not undo the proof."""

    def update(self, **changes):
        raise AccessLogIsKept

    def delete(self):
        raise AccessLogIsKept

    def forget_before(self, moment):
        """Delete the looks before `moment` and return how many. The only way; for retention.py."""
        return models.QuerySet.delete(self.filter(at__lt=moment))[0]


class AccessLogEntry(StaffAct):
    """One look at a message. No role can change or delete it; it outlives the message, by reference only.

    It goes by itself after IntakeSettings.keep_reads_days, if an owner set that.
    """

    class Kind(models.TextChoices):
        LIST = "list", "In a list"
        DETAIL = "detail", "Opened"
        CONTACT = "contact", "Read the safety note and saw the contact details"
        SEARCH = "search", "Found by a search"
        EXPORT = "export", "Exported"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    reference = models.CharField(max_length=8, db_index=True)

    objects = AccessLogEntries.as_manager()

    class Meta(StaffAct.Meta):
        verbose_name = "look at a message"
        verbose_name_plural = "looks at messages"
        indexes = [models.Index(fields=["-at"], name="intake_reads_by_time")]

    def __str__(self):
        return f"Look at message {self.reference}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise AccessLogIsKept
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AccessLogIsKept


class Script(models.Model):
    """Words for a voicemail or a text, chosen by what the person allowed. Staff edit them."""

    class Use(models.TextChoices):
        VOICEMAIL_NEUTRAL = "voicemail-neutral", "Voicemail: first name and number only"
        VOICEMAIL_FULL = "voicemail-full", "Voicemail: may say why we call"
        TEXT_NEUTRAL = "text-neutral", "Text: may not say who we are"
        TEXT_NAMED = "text-named", "Text: may say who we are"
        SOMEONE_ANSWERS = "someone-answers", "When someone else picks up"

    use = models.CharField(max_length=20, choices=Use.choices, unique=True)
    words = models.TextField(help_text="Never a word about drugs, treatment or health in a neutral one.")

    class Meta:
        verbose_name = "script for calls and texts"
        verbose_name_plural = "scripts for calls and texts"
        ordering = ["use"]

    def __str__(self):
        return self.get_use_display()


class Presence(models.Model):
    """Who has a message open now. A row that is not renewed counts for nothing; see presence.py."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "user"], name="intake_one_presence_each")
        ]

    def __str__(self):
        return f"Message {self.submission.reference} is open"


class SavedView(models.Model):
    """A choice of filters of the list of messages that a member of staff wants again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="intake_one_view_of_a_name")]

    def __str__(self):
        return self.name
