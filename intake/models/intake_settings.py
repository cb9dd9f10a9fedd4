"""What owners have set about messages: words of the form, the reply promise, and days until deletion."""

from contextlib import suppress

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.utils import Error as DatabaseFailure

# The access log is evidence: nobody can have it deleted before a misuse comes to light.
MIN_ACCESS_LOG_DAYS = 180


class IntakeSettings(models.Model):
    """One record. Whatever is empty is not mentioned on the form and the thank-you page."""

    reply_time = models.CharField(
        "when you answer",
        max_length=200,
        blank=True,
        help_text="A full sentence: “We answer within one business day.”",
    )
    reply_minutes = models.PositiveIntegerField(
        "office minutes until you answer",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="With the office hours, this becomes a promise: “We will call by Monday at 10 a.m.”",
    )
    alarm_percent = models.PositiveSmallIntegerField(
        "share of the promised time until a second person is notified",
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="In percent. Only while nobody has claimed the message.",
    )
    second_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"is_active": True, "is_staff": True},
        help_text="Gets an email about a message that nobody claims. Empty: every owner.",
    )
    is_one_person = models.BooleanField(
        "one-person intake",
        default=False,
        help_text="Nobody else can agree: before a contact that a person did not clearly allow, a reason is"
        " written down instead.",
    )
    offered_times = models.JSONField(default=list, blank=True, editable=False)  # see reply_times.py
    tries = models.PositiveSmallIntegerField(
        "how many times you try to reach someone", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    caller_id = models.CharField(
        "what a phone shows when you call",
        max_length=100,
        blank=True,
        help_text="Such as “a private number”.",
    )
    next_step = models.CharField(
        "what happens after you talk",
        max_length=200,
        blank=True,
        help_text="A full sentence, shown as the third step.",
    )
    keep_open_days = models.PositiveSmallIntegerField(
        "days until an open message is deleted",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="From the day it arrived. New, claimed or tried. Empty: never automatically.",
    )
    keep_finished_days = models.PositiveSmallIntegerField(
        "days until a finished message is deleted",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="From the day it was finished. Reached, referred or closed. Empty: never automatically.",
    )
    keep_spam_days = models.PositiveSmallIntegerField(
        "days until spam is deleted",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="From the day it was marked as spam. Empty: never automatically.",
    )
    keep_access_log_days = models.PositiveSmallIntegerField(
        "days until an access log entry is deleted",
        null=True,
        blank=True,
        validators=[MinValueValidator(MIN_ACCESS_LOG_DAYS)],
        help_text=f"Who saw which message. At least {MIN_ACCESS_LOG_DAYS}. Empty: never.",
    )

    class Meta:
        verbose_name = verbose_name_plural = "message settings"

    def __str__(self):
        return "Message settings"

    def save(self, *args, **kwargs):
        """Keep one record only."""
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls):
        """Return the settings; while the database is down, the last ones read: the form still appears."""
        with suppress(DatabaseFailure):
            cls.read()
        return cls.seen_last()

    @classmethod
    def read(cls):
        """Return the settings from the database. Raises django.db.Error while it does not answer."""
        cls._seen_last = cls.objects.filter(pk=1).first() or cls(pk=1)
        return cls._seen_last

    @classmethod
    def seen_last(cls):
        """Return the settings without a query, for the page that says the database is down."""
        return cls._seen_last or cls(pk=1)

    _seen_last = None

    @property
    def reply_text(self):
        """Say how soon we answer, in words that stay true whenever a page is read; empty until decided."""
        if self.reply_time or not (self.reply_minutes and self.offered_times):
            return self.reply_time
        hours, minutes = divmod(self.reply_minutes, 60)
        parts = [_count(hours, "hour") if hours else "", _count(minutes, "minute") if minutes else ""]
        return f"We answer within {' and '.join(filter(None, parts))} of our office hours."

    @property
    def retention_text(self):
        """Say when the message is deleted; empty until owners decide it."""
        return self.say_retention("it")

    def say_retention(self, message):
        """Say when `message` ("it", "a message") is deleted; empty until owners decide it."""
        sentences = []
        if self.keep_finished_days:
            sentences.append(f"We delete {message} {_days(self.keep_finished_days)} after we are done.")
        if self.keep_open_days:
            days = _days(self.keep_open_days)
            sentences.append(f"If we never reach you, we delete {message} {days} after it arrived.")
        return " ".join(sentences)

    @property
    def is_retention_complete(self):
        """Whether every message is deleted automatically one day."""
        return bool(self.keep_open_days and self.keep_finished_days and self.keep_spam_days)


def _days(number):
    return _count(number, "day")


def _count(number, unit):
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def retention_in_words():
    """Return when messages are deleted, for the privacy page; empty until owners decide it."""
    return IntakeSettings.current().say_retention("a message")
