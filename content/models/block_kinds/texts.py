"""Kinds of block that hold text as one writes it. See block_kinds/__init__.py."""

from django.db import models

from content.models.blocks import Block
from content.models.rich_text import RichTextField


class Text(Block):
    kind = "text"
    menu_icon = "notes"
    template = "text"
    title_fields = ("heading", "body")
    word_fields = ("heading", "body")
    no_link_fields = ("heading",)
    heading_level = 2

    heading = models.CharField(
        "section heading", max_length=120, blank=True, help_text="Listed in “On this page”."
    )
    body = RichTextField("text", blank=True)
    is_folded = models.BooleanField(
        "folded below its heading",
        default=False,
        help_text="Readers open it. For background, never for what keeps somebody safe.",
    )

    class Meta(Block.Meta):
        verbose_name = "text"


class Callout(Block):
    class Level(models.TextChoices):
        INFORMATION = "information", "Good to know"
        WARNING = "warning", "Take care"
        EMERGENCY = "emergency", "Emergency"
        DOOR = "door", "A way to choose, beside others"

    class SafetyTopic(models.TextChoices):
        """What a page may be required to say; see Page.required_topics."""

        TOLERANCE = "tolerance", "Tolerance falls, overdose risk rises"
        PREGNANCY = "pregnancy", "Pregnancy: do not stop suddenly"
        SUICIDE = "suicide", "Thoughts of suicide"
        EMERGENCY = "emergency", "When to call for help now"

    kind = "callout"
    menu_icon = "campaign"
    template = "callouts"
    list_name = "callouts"
    word_fields = ("heading", "body")
    heading_level = 2

    level = models.CharField(max_length=12, choices=Level.choices, default=Level.INFORMATION)
    heading = models.CharField(max_length=120)
    body = RichTextField("text", help_text="A link alone in its paragraph shows as a button.")
    safety_topic = models.CharField(
        max_length=12,
        choices=SafetyTopic.choices,
        blank=True,
        help_text="Some pages may not go live without a box on each of their safety topics.",
    )

    class Meta(Block.Meta):
        verbose_name = "colored box"


class KeyFigure(Block):
    kind = "key_figure"
    menu_icon = "pin"
    template = "key_figure"
    title_fields = ("figure", "text")
    word_fields = ("figure", "text")
    no_link_fields = ("figure",)
    anchor_field = ""

    figure = models.CharField(max_length=20, help_text="Short: 1 in 4")
    text = models.TextField(help_text="What it counts, with the year and its source.")

    class Meta(Block.Meta):
        verbose_name = "key figure"


class Question(Block):
    kind = "question"
    menu_icon = "help"
    template = "questions"
    list_name = "questions"
    title_fields = ("question", "answer")
    word_fields = ("group", "question", "answer")
    no_link_fields = ("group", "question")
    anchor_field = "question"

    group = models.CharField(
        max_length=40, blank=True, help_text="A short name above the first question of a group: Cost"
    )
    question = models.CharField(max_length=150)
    answer = RichTextField("answer")

    class Meta(Block.Meta):
        verbose_name = "question and answer"
        verbose_name_plural = "questions and answers"
