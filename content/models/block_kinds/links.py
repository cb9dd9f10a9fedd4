"""Kinds of block that lead on: to another page, or to a line to call. See block_kinds/__init__.py."""

import re

from django.core.exceptions import ValidationError
from django.db import models

from content.models.blocks import Block


class Card(Block):
    """A door to another page; neighbors form one row."""

    class Tone(models.TextChoices):
        QUIET = "quiet", "Quiet"
        URGENT = "urgent", "Urgent"

    class Icon(models.TextChoices):
        NONE = "", "No picture"
        CALL = "call", "Telephone"
        SUN = "sun", "Rising sun"
        CURVE = "curve", "Curve"
        PEOPLE = "people", "Two people"
        CLOCK = "clock", "Clock"
        LOCK = "lock", "Lock"

    kind = "card"
    menu_icon = "door_front"
    template = "cards"
    list_name = "cards"
    word_fields = ("heading", "text", "link_label")
    no_link_fields = word_fields
    anchor_field = ""

    heading = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    link = models.CharField(max_length=200, help_text="An address of this site: /withdrawal/")
    link_label = models.CharField("what the link says", max_length=60)
    tone = models.CharField(max_length=6, choices=Tone.choices, default=Tone.QUIET)
    icon = models.CharField(
        "picture", max_length=10, choices=Icon.choices, blank=True, help_text="Shown on the home page."
    )

    class Meta(Block.Meta):
        verbose_name = "link to another page"

    def clean(self):
        if self.link and not re.match(r"/(?![/\\])|#", self.link):
            raise ValidationError({"link": "Start with a slash: /withdrawal/"})


class HelplineList(Block):
    kind = "helplines"
    menu_icon = "call"
    template = "helplines"
    title_fields = ("heading", "intro")
    word_fields = ("heading", "intro")

    heading = models.CharField(max_length=120, blank=True)
    intro = models.TextField("sentence before the list", blank=True)
    helplines = models.ManyToManyField("content.Helpline", related_name="+")

    class Meta(Block.Meta):
        verbose_name = "helplines"
        verbose_name_plural = "helplines"
