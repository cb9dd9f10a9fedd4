"""The look and the words that are one clinic's own. What is empty says what the release says.

The clinic's name and numbers are facts about it (facts.py); this is how its site looks and speaks.
"""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from content.models.images import ImageDigestField, StoredImage
from content.models.one_record import OneRecord
from content.models.palettes import PALETTES
from content.models.public_changes import PublicQuerySet
from content.models.translated_words import SaidInLanguages
from content.models.typed import TypedModel

LINK = re.compile(r"(?P<words>[^|]+)\|\s*(?P<address>/[\w/#-]*|https://[^\s|\"<>]+)\s*")
LINKS_HELP = "One a line: words, a vertical bar, the address. As in: Signs of use | /signs/"


def links(text):
    """Return the links that `text` holds, one a line; None for a line that is none."""
    found = (LINK.fullmatch(line.strip()) for line in text.splitlines() if line.strip())
    return [match and {name: match[name].strip() for name in ("words", "address")} for match in found]


class SiteSettings(TypedModel, SaidInLanguages, OneRecord):
    """The one record. Colors and the logo are the same in every language, words are not."""

    palette = models.CharField(
        "colors",
        max_length=10,
        default="coast",
        choices=[(name, palette.label) for name, palette in PALETTES.items()],
        help_text="Each is easy to read, in light and in dark. Red stays the color of danger alone.",
    )
    logo = ImageDigestField(
        "logo",
        blank=True,
        help_text="Shown beside the name, on pictures of shared links, and as the icon.",
    )
    logo_width = models.PositiveIntegerField(editable=False, default=0)
    logo_height = models.PositiveIntegerField(editable=False, default=0)
    is_name_in_logo = models.BooleanField(
        "the logo says the name", default=False, help_text="Then the name is not written beside it."
    )
    topic = models.CharField(
        "what the site is about",
        max_length=60,
        blank=True,
        help_text="After “Help for …” and “More about …”, as in: alcohol addiction",
    )
    condition = models.CharField(
        "its medical name",
        max_length=60,
        blank=True,
        help_text="For search engines, as in: Alcohol use disorder",
    )
    home_line = models.CharField(
        "line above the heading of the home page", max_length=80, blank=True, help_text="Short, or empty."
    )
    strip_danger = models.CharField(
        "before “Call 911”", max_length=12, blank=True, help_text="At most 12 letters. Today: Overdose"
    )
    strip_steps = models.CharField(
        "link to the emergency steps", max_length=10, blank=True, help_text="At most 10 letters. Today: Steps"
    )
    strip_crisis = models.CharField(
        "before “Call 988”", max_length=12, blank=True, help_text="At most 12 letters. Today: Crisis"
    )
    form_lede = models.CharField("below the heading of the form", max_length=200, blank=True)
    form_need = models.CharField(
        "what the form needs", max_length=200, blank=True, help_text="After “We need only a phone number …”."
    )
    talk_lede = models.CharField("above the four doors to the form", max_length=200, blank=True)
    footer_note = models.CharField(
        "more words in the footer",
        max_length=300,
        blank=True,
        help_text="After our own sentences.",
    )
    footer_links = models.TextField("more links in the footer", blank=True, help_text=LINKS_HELP)

    objects = PublicQuerySet.as_manager()

    class Meta(OneRecord.Meta):
        verbose_name = verbose_name_plural = "look and words"

    WORD_FIELDS = (
        "topic",
        "condition",
        "home_line",
        "strip_danger",
        "strip_steps",
        "strip_crisis",
        "form_lede",
        "form_need",
        "talk_lede",
        "footer_note",
        "footer_links",
    )
    code_fields = WORD_FIELDS  # read by content/rendering/site_words.py

    def __str__(self):
        return "Look and words"

    def in_language(self, code):
        """Return the record as the language `code` says it; what has none there is empty."""
        if code == settings.LANGUAGE_CODE:
            return self
        said = super().in_language(code)
        for name in self.WORD_FIELDS:
            setattr(said, name, self.words.get(code, {}).get(name, ""))
        return said

    def clean(self):
        self._take_size()
        for text in (self.footer_links, *(said.get("footer_links", "") for said in self.words.values())):
            if None in links(text):
                raise ValidationError({"footer_links": f"A line is no link. {LINKS_HELP}"})

    def save(self, *args, **kwargs):
        self._take_size()
        super().save(*args, **kwargs)

    def _take_size(self):
        stored = StoredImage.objects.filter(pk=self.logo).first() if self.logo else None
        self.logo_width, self.logo_height = (stored.width, stored.height) if stored else (0, 0)

    @property
    def colors(self):
        return PALETTES.get(self.palette, PALETTES["coast"])

    @property
    def sheet(self):
        """The stylesheet of most pages."""
        return f"css/site{self.colors.suffix}.css"

    @property
    def form_sheet(self):
        """The stylesheet of pages with a form."""
        return f"css/message{self.colors.suffix}.css"

    @property
    def logo_box(self):
        """Width and height of the logo in the header, in pixels."""
        width, height = (240, 56) if self.is_name_in_logo else (160, 44)
        share = min(width / max(1, self.logo_width), height / max(1, self.logo_height))
        return round(self.logo_width * share), round(self.logo_height * share)

    @property
    def more_links(self):
        return [link for link in links(self.footer_links) if link]
