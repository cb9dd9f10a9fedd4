"""A message as it is stored, and the proof that the keys fit. Written by storing.py, shown by admin/."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from intake.encryption import LOST, EncryptedTextField, encrypted_names, keyed_hashes
from intake.models.choices import (
    BestTime,
    Danger,
    InCalifornia,
    Language,
    Reason,
    ReplyBy,
    Status,
    Voicemail,
    YesNo,
)
from intake.models.references import new_reference, spoken
from intake.typed_text import contact_details

CALL_BACK_GRACE = timedelta(hours=1)  # a next step that is later than this counts as overdue
DANGER_SOON = timedelta(hours=1)  # so long a message in danger may rest without leaving everybody's list


class SubmissionQuerySet(models.QuerySet):
    def without_texts(self, *, but=()):
        """Leave what people wrote encrypted in the database, except the fields `but`. For lists."""
        return self.defer(*(name for name in Submission.encrypted_names() if name not in but))

    def by_urgency(self):
        return self.order_by(*urgency())

    def with_contact(self, *keys):
        """The messages that have a number or an address with one of these hashes, also if it came later."""
        later = models.Q(contact_details__value_hash__in=keys) | models.Q(additions__value_hash__in=keys)
        added = Submission.objects.filter(later).order_by().values("pk")
        return self.filter(
            models.Q(phone_hash__in=keys) | models.Q(email_hash__in=keys) | models.Q(pk__in=added)
        )

    def of_person(self, submission):
        """The message itself, and what else that person wrote as far as staff have confirmed it."""
        is_theirs = models.Q(person=submission.person) if submission.person else models.Q()
        return self.filter(models.Q(pk=submission.pk) | is_theirs)

    def one_a_person(self):
        """Only the most urgent of the rows of each person; all of them are worked as one."""
        alone = models.Case(models.When(person=None, then="pk"), default=0)
        place = models.Window(RowNumber(), partition_by=[models.F("person"), alone], order_by=urgency())
        first = self.order_by().annotate(place=place).filter(place=1)
        return self.filter(pk__in=first.values("pk"))

    def with_number_of_person(self):
        """Add `of_person`: how many open messages of that person are worked as one; None for one alone."""
        theirs = Submission.objects.filter(person=models.OuterRef("person"), status__in=Status.open())
        number = theirs.order_by().values("person").annotate(number=models.Count("pk")).values("number")
        return self.annotate(of_person=models.Subquery(number))


def urgency():
    """The one order of open messages: danger first, then by promise or arrival, once tried by next step."""
    promise = Coalesce("promised_by", "received_at")
    is_begun = models.Q(status__in=Status.after_a_try())
    when = models.Case(models.When(is_begun, then="due_at"), default=promise)
    return [in_danger_first(), when.asc(), "pk"]


def in_danger_first():
    """Words of danger go above every promise while the person may wait for an answer."""
    return models.Case(models.When(not_reached_in_danger(), then=0), default=1).asc()


def not_reached_in_danger():
    """Return the condition of messages with words of danger whose person still waits for an answer."""
    return models.Q(status__in=Status.unanswered()) & ~models.Q(danger=Danger.NONE)


class Submission(models.Model):
    """One message from one person. Staff change its status; nobody changes what was written."""

    Status = Status

    class Outcome(models.TextChoices):
        STARTED_CARE = "started-care", "Started care with us"
        REFERRED = "referred", "Referred to other help"
        ANSWERED = "answered", "Question answered"
        DECLINED = "declined", "Did not want to continue"
        NOT_REACHED = "not-reached", "Could not be reached"
        OTHER = "other", "Something else"

    class Origin(models.TextChoices):
        SAME = "same", "From our own page"
        FOREIGN = "foreign", "From another site"
        UNKNOWN = "unknown", "Unknown"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    received_at = models.DateTimeField("received", default=timezone.now, db_index=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.NEW)
    status_changed_at = models.DateTimeField("status changed", default=timezone.now)
    promised_by = models.DateTimeField("promised by", null=True, blank=True, editable=False)
    alarm_at = models.DateTimeField("second person notified from", null=True, blank=True, editable=False)
    due_at = models.DateTimeField(
        "next action due", default=timezone.now, help_text="Hidden from the start page until then."
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField("claimed", null=True, blank=True, editable=False)
    claim_ends_at = models.DateTimeField("claim ends without activity", null=True, blank=True, editable=False)
    is_handed_over = models.BooleanField(
        "handed to its holder, who has not opened it", default=False, editable=False
    )
    is_waiting_for_them = models.BooleanField("the next step is theirs", default=False, editable=False)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    is_logged_by_staff = models.BooleanField("logged by staff", default=False, editable=False)
    # db_default: during an upgrade, processes of the previous release still store messages.
    email_copy = models.BooleanField("reference by email", default=False, db_default=False, editable=False)
    danger = models.CharField(
        "may be in danger",
        max_length=10,
        choices=Danger.choices,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    danger_shown = models.CharField(  # what it was when the sender was thanked
        max_length=10, choices=Danger.choices, blank=True, default="", db_default="", editable=False
    )
    person = models.UUIDField(
        null=True,
        editable=False,
        db_index=True,
        help_text="The same for messages that one person wrote, as staff confirmed.",
    )
    is_on_hold = models.BooleanField(
        "never delete automatically",
        default=False,
        help_text="However old the message is.",
    )

    reason = models.CharField("what it is about", max_length=20, choices=Reason.choices)
    reply_by = models.CharField("reply by", max_length=10, choices=ReplyBy.choices)
    voicemail = models.CharField("voicemail allowed", max_length=20, choices=Voicemail.choices)
    may_name_us = models.CharField("may we say who we are", max_length=5, choices=YesNo.choices)
    best_time = models.CharField("best time (Pacific)", max_length=10, choices=BestTime.choices)
    language = models.CharField(max_length=10, choices=Language.choices)
    in_california = models.CharField("in California", max_length=10, choices=InCalifornia.choices)
    they_know = models.CharField("does that person know", max_length=5, choices=YesNo.choices, blank=True)
    # db_default: during an upgrade, processes of the previous release still store messages.
    relay = models.CharField(
        "calls through a relay (711)",
        max_length=5,
        choices=YesNo.choices,
        blank=True,
        default="",
        db_default="",
    )
    under_18 = models.CharField(
        "under 18", max_length=5, choices=YesNo.choices, blank=True, default="", db_default=""
    )

    name = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    email = EncryptedTextField("email", blank=True)
    relationship = EncryptedTextField(blank=True)
    message = EncryptedTextField(blank=True, when_lost=lambda: LOST)

    phone_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    email_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    fingerprint = models.CharField(
        max_length=64,
        unique=True,
        null=True,
        editable=False,
        help_text="Recognizes the same message sent twice.",
    )
    origin = models.CharField("sent from", max_length=10, choices=Origin.choices)
    suspected_spam_reason = models.CharField("why it looks like spam", max_length=200, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ["-received_at"]
        permissions = [("export_submission", "Can export messages")]
        indexes = [
            # The message list, and purge_submissions.
            models.Index(fields=["status", "received_at"], name="intake_status_received"),
            # The start page: what needs action now.
            models.Index(fields=["status", "due_at"], name="intake_status_due"),
            # The list: messages that nobody, or a colleague, has claimed; sorted by due time.
            models.Index(fields=["status", "claimed_by", "received_at"], name="intake_status_holder"),
            models.Index(fields=["promised_by", "-id"], name="intake_by_promise"),
            # outbox/danger_alarms.py looks only at these.
            models.Index(fields=["danger"], condition=~models.Q(danger=""), name="intake_in_danger"),
        ]

    def __str__(self):
        return f"Message {self.reference}"

    @classmethod
    def encrypted_names(cls):
        """Return the names of the fields that are stored encrypted: the words of a person."""
        return encrypted_names(cls)

    @staticmethod
    def phone_hashes(number):
        """Return what a number is found by, newest key first; nothing for a text without digits."""
        normal = contact_details.normal_phone(number)
        return keyed_hashes("phone", normal) if normal else []

    @staticmethod
    def email_hashes(address):
        """Return what an address is found by, newest key first; nothing for an empty one."""
        normal = contact_details.normal_email(address)
        return keyed_hashes("email", normal) if normal else []

    @classmethod
    def contact_hashes(cls, kind, value):
        """Return what a number ("phone") or an address ("email") is found by; nothing for other kinds."""
        find = {"phone": cls.phone_hashes, "email": cls.email_hashes}.get(kind)
        return find(value) if find else []

    @property
    def spoken_reference(self):
        """The reference in groups, as people read it aloud."""
        return spoken(self.reference)

    @property
    def page_language(self):
        """The code of the language in which the site writes to the person."""
        return self.language if self.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    @property
    def is_not_reached_in_danger(self):
        """Whether it has words of danger and its person still waits for an answer."""
        return bool(self.danger) and self.status in Status.unanswered()

    @property
    def initials(self):
        """The first letters of the name: enough to tell rows apart, too little to name a person."""
        return " ".join(f"{word[0].upper()}." for word in self.name.split()[:3])

    @property
    def reach_by(self):
        """The channel they asked for; empty when they gave nothing for it: none is put in its place."""
        needed = self.email if self.reply_by == ReplyBy.EMAIL else self.phone
        return ReplyBy(self.reply_by) if needed else ""

    @property
    def phone_href(self):
        """A tel: link for the number in what was typed, or nothing where that is not certain."""
        return contact_details.phone_href(self.phone)

    @property
    def sms_href(self):
        """A link for a text message to that number."""
        return contact_details.sms_href(self.phone)


class SuspectedSpam(Submission):
    """The same rows, for the list of messages that look like spam."""

    class Meta:
        proxy = True
        verbose_name = "suspected spam"
        verbose_name_plural = "suspected spam"


class KeyCheck(models.Model):
    """One row, encrypted with the keys this database was first written with."""

    sample = EncryptedTextField()

    def __str__(self):
        return "Encryption key check"

    @classmethod
    def prove(cls):
        """Raise DecryptionError unless the keys in the environment read what this database holds.

        Without it a process with a wrong key would keep storing messages that nobody can ever read.
        """
        keys = tuple(settings.FIELD_ENCRYPTION_KEYS)
        if cls._proved_keys != keys:
            cls.objects.get_or_create(pk=1, defaults={"sample": "These keys are right."})
            cls._proved_keys = keys

    @classmethod
    def prove_again(cls):
        """Prove it although this process did: the database may be another one now."""
        cls._proved_keys = None
        cls.prove()

    _proved_keys = None  # looked up once in each process
