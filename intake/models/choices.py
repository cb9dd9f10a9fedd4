"""What a sender can choose. The values are a contract with pages that browsers keep."""

from django.db import models


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
