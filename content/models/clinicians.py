"""The clinicians who sign off medical text. Written by owners in the admin."""

from django.conf import settings
from django.db import models

from content.models.public_changes import PublicQuerySet
from content.models.typed import TypedModel
from content.models.web_addresses import WebAddressField


class Clinician(TypedModel):
    """A clinician who signs off medical text, with the sign-in they do it with. Only real, named people.

    Name and credentials are copied into each Version they sign; such a record can end, never be renamed.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="clinician",
        verbose_name="staff account",
        help_text="Signs off with this account and no other.",
    )
    name = models.CharField(max_length=100)
    credentials = models.CharField(max_length=100, help_text="License type as the person states it.")
    license_number = models.CharField("license number", max_length=50, blank=True)
    profile_url = WebAddressField("public license record or profile", blank=True)
    is_active = models.BooleanField("may sign off", default=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}, {self.credentials}"
