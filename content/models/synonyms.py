"""What people type into the search for what the pages call by another name: street names, slang, initials."""

from django.conf import settings
from django.db import models

from content.models.public_changes import PublicQuerySet
from content.models.typed import TypedModel


class Synonym(TypedModel):
    """A word of the pages, and other words for it that the search understands. Never shown to visitors."""

    pages_say = models.CharField(max_length=60, help_text="As the pages have it, such as: naloxone")
    people_say = models.TextField(
        max_length=1000, help_text="Words and phrases, apart by commas: smack, dope"
    )

    language = models.CharField(
        max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE, help_text="Of its pages."
    )

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["language", "pages_say"]
        constraints = [
            models.UniqueConstraint(fields=["language", "pages_say"], name="synonym_once_in_a_language")
        ]
        verbose_name = "search synonym"

    def __str__(self):
        return self.pages_say

    @property
    def phrases(self):
        return list(filter(None, map(str.strip, self.people_say.split(","))))
