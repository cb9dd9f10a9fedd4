"""The publications that pages cite."""

from django.db import models

from content.models.facts import slug_validator
from content.models.public_changes import PublicQuerySet
from content.models.typed import TypedModel
from content.models.web_addresses import WebAddressField


class Source(TypedModel):
    """A publication that a page cites as `[code]`."""

    code_fields = ("note",)  # for staff
    SENTENCES = ("publisher", "title", "year", "url")  # another publication says something else

    class Verification(models.TextChoices):
        SEEN = "seen", "Read at the address itself"
        SEEN_IN_COPY = "seen-in-copy", "Read in a copy of its text elsewhere"
        SECOND_HAND = "second-hand", "Known only through others that quote it"
        NOT_OPENED = "not-opened", "Not read yet"

    slug = models.CharField(
        "code", max_length=60, unique=True, validators=[slug_validator], help_text="Used in pages as [code]."
    )
    publisher = models.CharField(max_length=150)
    title = models.CharField(max_length=250)
    year = models.CharField(max_length=20, blank=True)
    url = WebAddressField("address", max_length=300)
    verification = models.CharField(
        "how far it was checked", max_length=30, choices=Verification.choices, blank=True
    )
    note = models.TextField("note for staff", blank=True)
    checked_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(
        "what it says holds until",
        null=True,
        blank=True,
        help_text="Only for facts with an end, such as a rule. The start page shows it from 60 days before.",
    )

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self):
        return self.slug

    @property
    def language(self):
        """The code of its language if that is not English; addresses of Spanish pages say so."""
        return "es" if "/es/" in self.url else ""

    @property
    def read_on(self):
        """When somebody last read the text at the address itself; None for one known only through copies."""
        return self.checked_on if self.verification == self.Verification.SEEN else None
