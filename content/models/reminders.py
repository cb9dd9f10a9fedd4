"""Which reminders were sent to whom. Written by content/reminders/delivery.py."""

from django.conf import settings
from django.db import models

from content.models.pages import Page


class Reminder(models.Model):
    """One member of staff is reminded of one thing, for one day of its schedule."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    scheduled_on = models.DateField()
    claimed_until = models.DateTimeField(null=True, blank=True)  # while a process is sending it
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class ReviewReminder(Reminder):
    """That a page is to be reviewed."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-scheduled_on", "page"]
        constraints = [
            models.UniqueConstraint(fields=["page", "recipient", "scheduled_on"], name="review_reminder_once")
        ]

    def __str__(self):
        return f"{self.page}, {self.scheduled_on}"


class LicenseReminder(Reminder):
    """That the clinic's license expires; `expires_on` is the day that was entered then."""

    expires_on = models.DateField()

    class Meta:
        ordering = ["-scheduled_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["expires_on", "recipient", "scheduled_on"], name="license_reminder_once"
            )
        ]

    def __str__(self):
        return f"The license of the clinic, {self.scheduled_on}"
