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


class Danger(models.TextChoices):
    """What the words of a message speak of: found by a list of phrases, or raised by staff who read them."""

    NONE = "", "No words of danger"
    SUICIDE = "suicide", "Words of suicide or self-harm"
    OVERDOSE = "overdose", "Words of an overdose"
    BOTH = "both", "Words of an overdose, and of suicide or self-harm"
    STAFF = "staff", "A colleague thinks so"

    @classmethod
    def together(cls, one, other):
        """Return what holds when `other` comes to `one`. Words say more than that a colleague thinks so."""
        kinds = {one, other} - {cls.NONE, cls.STAFF}
        if len(kinds) > 1:
            return cls.BOTH
        return kinds.pop() if kinds else max(one, other)


class Status(models.TextChoices):
    """Where a message is in the work of staff. Which statuses belong together is decided here only."""

    NEW = "new", "New"
    CLAIMED = "claimed", "Claimed"
    TRIED = "tried", "Tried"
    REACHED = "reached", "Reached"
    REFERRED = "referred", "Referred"
    CLOSED = "closed", "Closed"
    SUSPECTED = "suspected", "Suspected spam"
    SPAM = "spam", "Spam"

    @classmethod
    def open(cls):
        """Somebody still has to act: neither closed nor found to be spam by a person."""
        return (*cls.claimable(), cls.SUSPECTED)

    @classmethod
    def claimable(cls):
        """Somebody can hold it. What looks like spam has to be moved back first."""
        return (cls.NEW, *cls.begun())

    @classmethod
    def begun(cls):
        """Somebody has taken it up; it can wait for a later step."""
        return (cls.CLAIMED, *cls.after_a_try())

    @classmethod
    def untried(cls):
        """Nobody has tried to reach the person yet: the promise of an answer is running."""
        return (cls.NEW, cls.CLAIMED)

    @classmethod
    def after_a_try(cls):
        """The next step has a time of its own, which counts instead of the promise."""
        return (cls.TRIED, cls.REACHED, cls.REFERRED)

    @classmethod
    def waiting(cls):
        """The person is still waiting for an answer."""
        return (*cls.untried(), cls.TRIED)

    @classmethod
    def unanswered(cls):
        """The same, with what looks like spam: nobody knows before somebody has read it."""
        return (*cls.waiting(), cls.SUSPECTED)

    @classmethod
    def spam(cls):
        """It looks like spam, or is: kept apart from the queue."""
        return (cls.SUSPECTED, cls.SPAM)
