"""Addresses of other sites that live pages link to, and whether they still answer.

Written by content/page_checks/dead_links/.
"""

from django.db import models


class OutsideLink(models.Model):
    """What another site said when it was last asked for an address."""

    class State(models.TextChoices):
        WORKS = "works", "works"
        UNSURE = "unsure", "refuses programs, so open it yourself"
        DEAD = "dead", "does not work"

    url = models.URLField("address", max_length=500, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WORKS)
    answer = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.url
