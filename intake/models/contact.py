"""What staff learn about reaching a person: other wishes, other numbers, an agreement. Rows are only added.

Written by staff/contact_changes.py, read by staff/contact_preferences.py.
"""

from django.db import models

from intake.encryption import EncryptedTextField
from intake.models.choices import ReplyBy, Voicemail, YesNo
from intake.models.messages import Submission
from intake.models.timeline import StaffRecord


class MayContact(models.TextChoices):
    NO = "no", "Do not contact"
    YES = "yes", "They want to hear from us again"


class Wish(StaffRecord):
    """What the person told staff later. What is empty stays as it was; only `is_looser` allows more."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="wishes")
    reply_by = models.CharField("reply by", max_length=10, choices=ReplyBy.choices, blank=True)
    voicemail = models.CharField("voicemail allowed", max_length=20, choices=Voicemail.choices, blank=True)
    may_name_us = models.CharField("may we say who we are", max_length=5, choices=YesNo.choices, blank=True)
    may_contact = models.CharField("may we contact them", max_length=5, choices=MayContact, blank=True)
    is_looser = models.BooleanField(default=False)
    said = EncryptedTextField("who said it, and how", blank=True)

    def __str__(self):
        return f"Wish added to message {self.submission.reference}"

    @property
    def words(self):
        """What the timeline says."""
        names = ("may_contact", "reply_by", "voicemail", "may_name_us")
        parts = [
            f"{self._meta.get_field(name).verbose_name}: {getattr(self, f'get_{name}_display')()}"
            for name in names
            if getattr(self, name)
        ]
        said = f" ({self.said})" if self.said else ""
        return f"They told us something else: {', '.join(parts).lower()}{said}"


class ContactDetail(StaffRecord):
    """A number or an address that staff added. The newest of a kind counts, older ones are kept."""

    class Kind(models.TextChoices):
        PHONE = "phone", "Phone"
        EMAIL = "email", "Email"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="contact_details")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = EncryptedTextField(when_lost=str)  # nothing that somebody could call
    value_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    def __str__(self):
        return f"Contact detail added to message {self.submission.reference}"

    @property
    def words(self):
        """What the timeline says; the detail itself stands behind the safety note."""
        return f"Added another {self.get_kind_display().lower()}"


class Agreement(StaffRecord):
    """That somebody agreed to use a way which the person did not clearly allow."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="agreements")
    way = models.CharField(max_length=10, choices=ReplyBy.choices)
    reason = EncryptedTextField(blank=True)  # written where one person works alone

    def __str__(self):
        return f"Agreement about message {self.submission.reference}"

    @property
    def words(self):
        """What the timeline says."""
        reason = f" Reason: {self.reason}" if self.reason else ""
        return f"Agreed that we may use: {self.get_way_display().lower()}.{reason}"
