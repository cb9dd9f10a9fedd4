"""Whose turn a page is, what colleagues say about its blocks, and who has it open.

Written by content/publishing/hand_over.py and the screens of a page.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from content.models.pages import Page, Version


class HandOver(models.Model):
    """A Version handed from one person to the next; at most one of a page has not ended."""

    class Step(models.TextChoices):
        ASKED = "asked", "asked for a sign-off"
        SENT_BACK = "sent-back", "sent back with a note"
        SIGNED = "signed", "signed off, waiting to be published"

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="hand_overs")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=Step.choices)
    note = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.version} {self.get_step_display()}"


class Comment(models.Model):
    """What a colleague says about a block of a page, until somebody answers it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="comments")
    place = models.CharField("about", max_length=120)
    text = models.TextField(max_length=1000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Comment on {self.place}"


class OpenPage(models.Model):
    """A member of staff who has a page open for editing. A row that is not renewed expires."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "user"], name="page_open_once_each")]

    def __str__(self):
        return f"{self.page} is open"
