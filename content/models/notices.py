"""A sentence on top of every page for a time, such as a closed day. Written by publishers in the admin."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from content.models.public_changes import PublicQuerySet
from content.models.typed import TypedModel


class NoticeQuerySet(PublicQuerySet):
    def current(self, at=None):
        """Return the notices whose time includes `at` (default now), the newest first."""
        at = at or timezone.now()
        return self.filter(shown_from__lte=at, shown_until__gt=at).order_by("-shown_from", "-pk")


class Notice(TypedModel):
    """Words for all visitors that start and end by themselves; of two at a time the newer one shows."""

    code_fields = ("text",)

    text = models.CharField(
        max_length=200, help_text="One or two short sentences. A number goes in by its code: {clinic}"
    )
    # {"es": …}: the same in each other language.
    words = models.JSONField("in other languages", default=dict, blank=True)
    shown_from = models.DateTimeField("shown from", default=timezone.now)
    shown_until = models.DateTimeField("shown until", help_text="Then it goes away by itself.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-shown_until"]
        verbose_name = "site notice"
        constraints = [
            models.CheckConstraint(
                name="notice_ends_after_it_starts",
                condition=Q(shown_until__gt=models.F("shown_from")),
                violation_error_message="The end must be after the start.",
            )
        ]

    def __str__(self):
        return self.text

    def clean(self):
        """Refuse a new notice that is over; one that is shown may end now or have ended."""
        if self._state.adding and self.shown_until and self.shown_until <= timezone.now():
            raise ValidationError({"shown_until": "This time has passed."})

    @property
    def is_shown(self):
        return self.shown_from <= timezone.now() < self.shown_until

    def in_language(self, code):
        """Return the words in the language `code`."""
        return self.text if code == settings.LANGUAGE_CODE else self.words.get(code, "")
