"""What is kept about a message, the outbox that tells staff of it, and what staff have set.

Written by submissions.py and notifications.py, shown by admin.py.
"""

import uuid
from contextlib import suppress

import phonenumbers
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.utils import Error as DatabaseFailure
from django.utils import timezone

from intake.encryption import EncryptedTextField
from intake.references import new_reference, spoken


class Reason(models.TextChoices):
    TREATMENT = "treatment", "I want help for myself"
    SOMEONE_ELSE = "someone-else", "I’m worried about someone"
    QUESTION = "question", "I have a question"
    CURRENT_PATIENT = "current-patient", "I’m already a patient"
    OTHER = "other", "Something else"


class ReplyBy(models.TextChoices):
    CALL = "call", "Phone call"
    TEXT = "text", "Text"
    EMAIL = "email", "Email"


class Voicemail(models.TextChoices):
    NONE = "none", "No, please don’t"
    NAME_AND_NUMBER = "name-and-number", "Only a first name and a number"
    FULL = "full", "Yes, say why you call"


class YesNo(models.TextChoices):
    NO = "no", "No"
    YES = "yes", "Yes"


class BestTime(models.TextChoices):
    ANY = "any", "Any time"
    MORNING = "morning", "Morning"
    AFTERNOON = "afternoon", "Afternoon"
    EVENING = "evening", "Evening"


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    SPANISH = "es", "Español"
    OTHER = "other", "Another language"


class InCalifornia(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Not sure"


class Submission(models.Model):
    """One message from one person. Staff change its status; nobody changes what was written."""

    class Status(models.TextChoices):
        NEW = "new", "New"
        CLAIMED = "claimed", "Claimed"
        TRIED = "tried", "Tried"
        REACHED = "reached", "Reached"
        REFERRED = "referred", "Referred"
        CLOSED = "closed", "Closed"
        SPAM = "spam", "Spam"

    class Verdict(models.TextChoices):
        SAME = "same", "From our own page"
        FOREIGN = "foreign", "From another site"
        UNKNOWN = "unknown", "Unknown"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    received_at = models.DateTimeField("received", default=timezone.now, db_index=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NEW)
    status_changed_at = models.DateTimeField("status changed", default=timezone.now)
    is_on_hold = models.BooleanField(
        "keep",
        default=False,
        help_text="A message that is kept is never deleted by itself, whatever its age.",
    )

    reason = models.CharField(max_length=20, choices=Reason.choices)
    reply_by = models.CharField("reply by", max_length=10, choices=ReplyBy.choices)
    voicemail = models.CharField("voicemail allowed", max_length=20, choices=Voicemail.choices)
    may_name_us = models.CharField("may we say who we are", max_length=5, choices=YesNo.choices)
    best_time = models.CharField("best time (Pacific)", max_length=10, choices=BestTime.choices)
    language = models.CharField(max_length=10, choices=Language.choices)
    in_california = models.CharField("in California", max_length=10, choices=InCalifornia.choices)
    they_know = models.CharField("does that person know", max_length=5, choices=YesNo.choices, blank=True)

    name = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    email = EncryptedTextField("email", blank=True)
    relationship = EncryptedTextField(blank=True)
    message = EncryptedTextField(blank=True)

    phone_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    email_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    fingerprint = models.CharField(
        max_length=64,
        unique=True,
        null=True,
        editable=False,
        help_text="Recognizes the same message sent twice.",
    )
    verdict = models.CharField("sent from", max_length=10, choices=Verdict.choices)
    suspected_spam_reason = models.CharField("why it looked like spam", max_length=200, blank=True)

    class Meta:
        verbose_name = "message"
        ordering = ["-received_at"]
        indexes = [
            # The staff's list, and purge_submissions.
            models.Index(fields=["status", "received_at"], name="intake_status_received")
        ]

    def __str__(self):
        return f"Message {self.reference}"

    @property
    def spoken_reference(self):
        """The reference in groups, as people read it aloud."""
        return spoken(self.reference)

    @property
    def initials(self):
        """The first letters of the name: enough to tell rows apart, too little to name a person."""
        return " ".join(f"{word[0].upper()}." for word in self.name.split()[:3])

    @property
    def reach_by(self):
        """The wished channel if we have what it needs, else one that is possible (a call tells least)."""
        if self.reply_by == ReplyBy.EMAIL:
            return ReplyBy.EMAIL if self.email else ReplyBy.CALL
        return ReplyBy(self.reply_by) if self.phone else ReplyBy.EMAIL

    @property
    def phone_href(self):
        """A tel: link for the number as typed, or nothing when it has no digits."""
        try:
            number = phonenumbers.parse(self.phone, "US")
        except phonenumbers.NumberParseException:
            return ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966)


class SuspectedSpam(Submission):
    """The same rows as seen in the list of messages that look like spam."""

    class Meta:
        proxy = True
        verbose_name = "suspected spam"
        verbose_name_plural = "suspected spam"


class Notification(models.Model):
    """A row of the outbox: staff are to be told of a message. Kept after sending, as proof."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="notifications")
    created_at = models.DateTimeField("created", default=timezone.now)
    next_try_at = models.DateTimeField("next try", default=timezone.now)
    claimed_until = models.DateTimeField("claimed until", null=True, blank=True, editable=False)
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    last_error = models.CharField("last error", max_length=100, blank=True)
    message_key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            # notifications.deliver_due() looks only at rows that are not sent yet.
            models.Index(fields=["next_try_at"], condition=Q(sent_at=None), name="intake_due_notifications")
        ]

    def __str__(self):
        return f"Notice of message {self.submission.reference}"


class KeyCheck(models.Model):
    """One row, encrypted with the keys this database was first written with."""

    sample = EncryptedTextField()

    def __str__(self):
        return "Encryption key check"

    @classmethod
    def prove(cls):
        """Raise DecryptionError unless the keys in the environment read what this database holds.

        Without it a process with a wrong key would go on storing messages that nobody can ever read.
        """
        keys = tuple(settings.FIELD_ENCRYPTION_KEYS)
        if cls._proved_keys != keys:
            cls.objects.get_or_create(pk=1, defaults={"sample": "These keys are right."})
            cls._proved_keys = keys

    _proved_keys = None  # looked up once in each process


class IntakeSettings(models.Model):
    """What the form and the thank-you page say. An empty field is not mentioned anywhere."""

    reply_time = models.CharField(
        "when you answer",
        max_length=200,
        blank=True,
        help_text="A full sentence: “We answer within one business day.”",
    )
    tries = models.PositiveSmallIntegerField(
        "how many times you try", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    caller_id = models.CharField(
        "what a phone shows when you call",
        max_length=100,
        blank=True,
        help_text="Such as “a private number”.",
    )
    next_step = models.CharField(
        "what comes after you talked",
        max_length=200,
        blank=True,
        help_text="A full sentence, shown as the third step.",
    )
    keep_open_days = models.PositiveSmallIntegerField(
        "days until an open message is deleted",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Counted from the day it came. New, claimed, tried. Empty: never by itself.",
    )
    keep_finished_days = models.PositiveSmallIntegerField(
        "days until a finished message is deleted",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Counted from the day it was finished. Reached, referred, closed. Empty: never by itself.",
    )
    keep_spam_days = models.PositiveSmallIntegerField(
        "days until spam is deleted",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Counted from the day it was marked as spam. Empty: never by itself.",
    )

    class Meta:
        verbose_name = verbose_name_plural = "message settings"

    def __str__(self):
        return "Message settings"

    @classmethod
    def current(cls):
        """Return the settings; while the database is down those seen last, so that the form still appears."""
        with suppress(DatabaseFailure):
            cls._seen_last = cls.objects.filter(pk=1).first() or cls(pk=1)
        return cls._seen_last or cls(pk=1)

    _seen_last = None


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
