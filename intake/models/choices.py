"""What a sender can choose. The values are a contract with pages that browsers keep."""

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
