"""Which reminders of a page's review were sent to whom. Written by content/reviews.py."""

from django.conf import settings
from django.db import models

from content.models.pages import Page


class ReviewReminder(models.Model):
    """One member of staff is reminded of one page's review, for one day of the schedule."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    scheduled_on = models.DateField()
    claimed_until = models.DateTimeField(null=True, blank=True)  # while a process is sending it
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-scheduled_on", "page"]
        constraints = [
            models.UniqueConstraint(fields=["page", "recipient", "scheduled_on"], name="review_reminder_once")
        ]

    def __str__(self):
        return f"{self.page}, {self.scheduled_on}"
