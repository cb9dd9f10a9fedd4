"""What a sender can choose, and the statuses of a message. Senders' values are a contract with old pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    TREATMENT = "treatment", _("I want help for myself")
    SOMEONE_ELSE = "someone-else", _("I’m worried about someone")
    QUESTION = "question", _("I have a question")
    CURRENT_PATIENT = "current-patient", _("I’m already a patient")
    OTHER = "other", _("Something else")


class ReplyBy(models.TextChoices):
    CALL = "call", _("Phone call")
    TEXT = "text", _("Text")
    EMAIL = "email", _("Email")


class Voicemail(models.TextChoices):
    NONE = "none", _("No, please don’t")
    NAME_AND_NUMBER = "name-and-number", _("Only a first name and a number")
    FULL = "full", _("Yes, say why you call")


class YesNo(models.TextChoices):
    NO = "no", _("No")
    YES = "yes", _("Yes")


class BestTime(models.TextChoices):
    ANY = "any", _("Any time")
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    SPANISH = "es", "Español"
    OTHER = "other", _("Another language")


class InCalifornia(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("Not sure")


class Status(models.TextChoices):
    """Where a message is in the work of staff. Which statuses belong together is decided here only."""

    NEW = "new", "New"
    CLAIMED = "claimed", "Claimed"
    TRIED = "tried", "Tried"
    REACHED = "reached", "Reached"
    REFERRED = "referred", "Referred"
    CLOSED = "closed", "Closed"
    SPAM = "spam", "Spam"

    @classmethod
    def untried(cls):
        """Nobody has tried to reach the person yet: the promise of an answer is running."""
        return (cls.NEW, cls.CLAIMED)

    @classmethod
    def held(cls):
        """Somebody is working on it, and it can wait for a later call-back."""
        return (cls.CLAIMED, cls.TRIED)

    @classmethod
    def waiting(cls):
        """The person is still waiting for an answer."""
        return (cls.NEW, cls.CLAIMED, cls.TRIED)

    @classmethod
    def finished(cls):
        """The person had an answer: retention counts from here."""
        return (cls.REACHED, cls.REFERRED, cls.CLOSED)

    @classmethod
    def open(cls):
        """Somebody can hold it: neither closed nor spam."""
        return (*cls.waiting(), cls.REACHED, cls.REFERRED)
