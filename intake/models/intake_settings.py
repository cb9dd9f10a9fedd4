"""What owners have set about messages: words of the form, the reply promise, and days until deletion."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.utils import Error as DatabaseFailure
from django.utils.translation import get_language, gettext, ngettext

from intake.models import neutral_words
from intake.models.typed import TypedModel

# The access log is evidence: nobody can have it deleted before a misuse comes to light.
MIN_ACCESS_LOG_DAYS = 180
# A message outlives a holiday of the office; an open one also its promise (see retention.py).
MIN_MESSAGE_DAYS = 14
# Beyond, no promise is still running for 30 days when an open message is deleted.
PROMISE_OUTLIVED_DAYS = 90


PHRASES_HELP = (
    "One a line, no accents or apostrophes. “a/b” is one of them, “...” up to three other words."
    " Empty it to get the shipped ones back."
)


REFERENCE = "[reference]"
COPY_HELP = (
    f"{REFERENCE} is filled in. Others may see it: nothing that tells who we are. Empty: our own words."
)


class AnswersInSpanish(models.TextChoices):
    PERSON = "person", "Somebody of us speaks Spanish"
    INTERPRETER = "interpreter", "We answer in English, with an interpreter"


class IntakeSettings(TypedModel):
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
    answers_in_spanish = models.CharField(
        "answers in Spanish",
        max_length=15,
        choices=AnswersInSpanish.choices,
        blank=True,
        help_text="What the Spanish form says. Empty: it promises no language.",
    )
    is_one_person = models.BooleanField(
        "one-person intake",
        default=False,
        help_text="Nobody else can agree: before a contact that a person did not clearly allow, a reason is"
        " written down instead.",
    )
    # What the form offers, and the hours that each page names; both from OfficeHours, see reply_times.py.
    offered_times = models.JSONField(default=list, blank=True, editable=False)
    office_hours = models.JSONField(default=list, blank=True, editable=False)  # [weekday, opens, closes]
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
        validators=[MinValueValidator(MIN_MESSAGE_DAYS)],
        help_text="From the day it arrived, and never before its promise and its next step are 30 days over."
        " At least 14. Empty: never automatically.",
    )
    keep_finished_days = models.PositiveSmallIntegerField(
        "days until a closed message is deleted",
        null=True,
        blank=True,
        validators=[MinValueValidator(MIN_MESSAGE_DAYS)],
        help_text="From the day it was closed. At least 14. Empty: never automatically.",
    )
    keep_spam_days = models.PositiveSmallIntegerField(
        "days until spam is deleted",
        null=True,
        blank=True,
        validators=[MinValueValidator(MIN_MESSAGE_DAYS)],
        help_text="From the day it was marked as spam. At least 14. Empty: never automatically.",
    )
    keep_access_log_days = models.PositiveSmallIntegerField(
        "days until an access log entry is deleted",
        null=True,
        blank=True,
        validators=[MinValueValidator(MIN_ACCESS_LOG_DAYS)],
        help_text=f"Who saw which message. At least {MIN_ACCESS_LOG_DAYS}. Empty: never.",
    )

    copy_subject = models.CharField("subject", max_length=78, blank=True, help_text=COPY_HELP)
    copy_words = models.TextField("first sentences", max_length=500, blank=True, help_text=COPY_HELP)
    copy_subject_es = models.CharField("subject in Spanish", max_length=78, blank=True)
    copy_words_es = models.TextField("first sentences in Spanish", max_length=500, blank=True)
    notice_subject = models.CharField(
        "subject for staff",
        max_length=60,
        blank=True,
        help_text="Before the reference. Empty: our own words.",
    )

    can_delete = models.BooleanField(
        "senders can delete their own message",
        default=False,
        help_text="With reference and contact detail. Switch it on after your lawyer has confirmed it.",
    )
    # Empty: the phrases that are shipped, see receiving/danger_words.py.
    overdose_phrases = models.TextField("phrases of an overdose", blank=True, help_text=PHRASES_HELP)
    suicide_phrases = models.TextField("phrases of suicide and self-harm", blank=True, help_text=PHRASES_HELP)
    harmless_phrases = models.TextField("phrases that only sound like it", blank=True, help_text=PHRASES_HELP)
    danger_guide = models.TextField(
        "what your staff do when a message speaks of danger",
        blank=True,
        help_text="Your clinic’s own rules, shown above our draft. Confirm them with a lawyer first.",
    )
    is_danger_guide_confirmed = models.BooleanField(
        "our lawyer has confirmed these rules",
        default=False,
        help_text="Until then the guide calls itself a draft.",
    )

    MAIL_FIELDS = ("copy_subject", "copy_words", "copy_subject_es", "copy_words_es", "notice_subject")

    class Meta:
        verbose_name = verbose_name_plural = "message settings"

    def __str__(self):
        return "Message settings"

    def save(self, *args, **kwargs):
        """Keep one record only."""
        self.pk = 1
        super().save(*args, **kwargs)

    def clean(self):
        neutral_words.refuse(**{name: getattr(self, name) for name in self.MAIL_FIELDS})
        for name in ("copy_words", "copy_words_es"):
            if getattr(self, name) and REFERENCE not in getattr(self, name):
                raise ValidationError({name: f"Say where the reference goes: {REFERENCE}"})

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
        parts = [
            ngettext("%d hour", "%d hours", hours) % hours if hours else "",
            ngettext("%d minute", "%d minutes", minutes) % minutes if minutes else "",
        ]
        time = gettext(" and ").join(filter(None, parts))
        return gettext("We answer within {time} of our office hours.").format(time=time)

    def copy_text(self, part, language, reference):
        """Return the "subject" or the "words" of the email with a reference; "" for the words we ship."""
        name = f"copy_{part}" if language == settings.LANGUAGE_CODE else f"copy_{part}_{language}"
        return getattr(self, name, "").replace(REFERENCE, reference)

    @property
    def language_text(self):
        """Say in which language an answer comes, on Spanish pages, or that owners have not decided it."""
        if get_language() != "es":
            return ""
        return {
            AnswersInSpanish.PERSON: gettext("We answer in Spanish."),
            AnswersInSpanish.INTERPRETER: gettext("We answer in English, with an interpreter."),
            "": gettext("We can’t say yet if we answer in Spanish."),
        }[self.answers_in_spanish]

    @property
    def retention_text(self):
        """Say when the message is deleted; empty until owners decide it."""
        return self.say_retention(gettext("it"))

    def say_retention(self, message):
        """Say when `message` ("it", "a message") is deleted; empty until owners decide it."""
        sentences = []
        if self.keep_finished_days:
            sentence = gettext("We delete {message} {days} after we are done.")
            sentences.append(sentence.format(message=message, days=_days(self.keep_finished_days)))
        if self.keep_open_days:
            sentence = gettext("If we never reach you, we delete {message} {days} after it arrived.")
            sentences.append(sentence.format(message=message, days=_days(self.keep_open_days)))
            if self.keep_open_days <= PROMISE_OUTLIVED_DAYS:
                sentences.append(gettext("But not before our answer was due for 30 days."))
        return " ".join(sentences)

    @property
    def is_retention_complete(self):
        """Whether every message is deleted automatically one day."""
        return bool(self.keep_open_days and self.keep_finished_days and self.keep_spam_days)


def _days(number):
    return ngettext("%d day", "%d days", number) % number


def retention_in_words():
    """Return when messages are deleted, or that no day is set, for the privacy page."""
    decided = IntakeSettings.current().say_retention(gettext("a message"))
    return decided or gettext("There’s no set day yet, but you can ask us to delete yours.")
