"""Small records that all processes share. Used by intake/daily_counts.py and retention.py."""

from django.db import models


class DailyCount(models.Model):
    """How often something happened today, such as messages from one network.

    `key_hash` is a keyed hash of that day: on another day it matches nothing.
    """

    day = models.DateField()
    key_hash = models.CharField(max_length=64)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "key_hash"], name="intake_one_count_a_day")]

    def __str__(self):
        return f"{self.count} on {self.day}"


class DailyChore(models.Model):
    """When a chore that all processes share was last done."""

    name = models.CharField(max_length=30, unique=True)
    done_at = models.DateTimeField()

    def __str__(self):
        return f"{self.name}, last done {self.done_at:%Y-%m-%d}"
