"""Whose turn a page is, what colleagues say about its blocks, who has it open, and who locked it.

Written by content/publishing/hand_over.py and the screens of a page.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from content.models.block_kinds import place_of
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
    told_at = models.DateTimeField(null=True, blank=True)  # when everybody whose turn it is had the email
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.version} {self.get_step_display()}"

    @property
    def is_for_any_editor(self):
        """Whether it came back and whoever it is meant for has no account, or none that may sign in."""
        return self.step == self.Step.SENT_BACK and (self.to is None or not self.to.is_active)


class Comment(models.Model):
    """What a colleague says about a page or a block of it, until somebody answers it.

    Blocks have no name that outlives a save: `block` is its place in `version`, the newest that has it.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="comments")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    block = models.PositiveIntegerField(null=True, blank=True)  # None: the page as a whole
    text = models.TextField(max_length=1000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Comment on {self.page}"

    @property
    def place(self):
        """What it is about, in words."""
        return "The page" if self.block is None else place_of(self.block, self.version.snapshot)


class OpenPage(models.Model):
    """A member of staff who has a page open for editing. A row that is not renewed expires."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "user"], name="page_open_once_each")]

    def __str__(self):
        return f"{self.page} is open"


class PageLock(models.Model):
    """One person alone may change a page, until they or an owner unlock it (publishing/locks.py)."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="lock")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"Only {self.name} may change “{self.page}” until it is unlocked"

    @property
    def name(self):
        return self.by.get_full_name() or self.by.get_username()
