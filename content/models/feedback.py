"""How often readers said that a page helped, or why not: counts, and nothing about who said it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class HelpfulCount(models.Model):
    """One answer to “Was this page helpful?” of one page on one day in one language, and how often."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        UNANSWERED = "unanswered", _("No, it does not answer my question")
        HARD = "hard", _("No, it is hard to understand")
        WRONG = "wrong", _("No, something in it is wrong or out of date")
        BROKEN = "broken", _("No, something does not work on my device")

    page = models.ForeignKey("content.Page", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "day", "language", "answer"], name="helpful_count_once_a_day"
            )
        ]

    def __str__(self):
        return f"{self.page}, {self.day}: {self.answer}"
