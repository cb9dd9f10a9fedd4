"""Small records that all processes share. Used by spam_signs.py and retention.py."""

from django.db import models


class SenderTally(models.Model):
    """How many messages came from one network today. The hash is of no use on another day."""

    day = models.DateField()
    sender = models.CharField(max_length=64)
    messages = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "sender"], name="intake_one_tally_a_day")]

    def __str__(self):
        return f"{self.messages} messages on {self.day}"


class DailyChore(models.Model):
    """When a chore that all processes share was last done."""

    name = models.CharField(max_length=30, unique=True)
    done_at = models.DateTimeField()

    def __str__(self):
        return f"{self.name}, last done {self.done_at:%Y-%m-%d}"
