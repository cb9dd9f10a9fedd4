"""Which reminders were sent to whom. Written by content/reminders/delivery.py."""

from django.conf import settings
from django.db import models


class Reminder(models.Model):
    """One staff member is reminded of one thing, for one day of its schedule."""

    about = models.CharField(max_length=40)  # such as "page-12" or "license-2027-03-31"
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    scheduled_on = models.DateField()
    claimed_until = models.DateTimeField(null=True, blank=True)  # while a process is sending it
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-scheduled_on", "about"]
        constraints = [
            models.UniqueConstraint(fields=["about", "recipient", "scheduled_on"], name="reminder_once")
        ]

    def __str__(self):
        return f"{self.about}, {self.scheduled_on}"
