"""Words that pages explain: one definition each, the same everywhere, shown to whoever asks for it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from content.models.public_changes import PublicQuerySet
from content.models.typed import TypedModel


class GlossaryTerm(TypedModel):
    """A term and what it means. The first mention on a page leads to the definition at its end."""

    code_fields = ("definition",)
    # What a clinician has to read, and on which pages it stands
    SENTENCES = ("term", "other_forms", "definition", "language", "source")

    term = models.CharField(max_length=60, unique=True, help_text="As it stands in a sentence: tolerance")
    other_forms = models.CharField(
        max_length=200, blank=True, help_text="Forms that mean the same, apart by commas: opioids"
    )
    definition = models.TextField(max_length=300)
    language = models.CharField(
        max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE, help_text="Of its pages."
    )
    source = models.ForeignKey("content.Source", null=True, blank=True, on_delete=models.PROTECT)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["term"]

    def __str__(self):
        return self.term

    def clean(self):
        if not slugify(self.term):
            raise ValidationError({"term": "Write the term in letters."})

    @property
    def anchor(self):
        return f"word-{slugify(self.term)}"

    @property
    def mention(self):
        """The anchor of its first mention on a page, which the definition leads back to."""
        return f"cite-{slugify(self.term)}"

    @property
    def forms(self):
        """Every form of the term, the longest first, so that a part of a longer one is not taken for it."""
        forms = [self.term, *(form.strip() for form in self.other_forms.split(","))]
        return sorted(filter(None, forms), key=len, reverse=True)
