"""Kinds of block whose text is one entry a line. See block_kinds/__init__.py."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from content.models.blocks import Block
from content.models.rich_text import RichTextField


class SignList(Block):
    class Drawing(models.TextChoices):
        NONE = "", "No drawing"
        BODY = "body", "A body with numbers: eyes, face, mouth (3 and 4), breathing, arms, all over"

    kind = "sign_list"
    menu_icon = "checklist"
    template = "sign_list"
    word_fields = ("heading", "intro", "signs")
    line_fields = ("signs",)

    heading = models.CharField(max_length=120)
    intro = models.TextField("sentence before the list", blank=True)
    signs = models.TextField(help_text="One sign or symptom a line.")
    drawing = models.CharField(max_length=10, choices=Drawing.choices, blank=True, default=Drawing.NONE)

    class Meta(Block.Meta):
        verbose_name = "signs or symptoms"


class TimelineStage(Block):
    """One stage of the withdrawal timeline; neighbors form one curve."""

    kind = "timeline_stage"
    menu_icon = "timeline"
    template = "timeline"
    list_name = "stages"
    title_fields = ("heading", "when")
    word_fields = ("when", "heading", "body", "symptoms", "can_do")
    no_link_fields = ("when", "heading")
    line_fields = ("symptoms", "can_do")

    when = models.CharField(max_length=60, help_text="As readers say it: Days 1 to 4")
    # A draft may lack when it starts and how strong it is; a page that goes live says both.
    starts_hour = models.PositiveIntegerField("starts (hours after the last use)", null=True)
    ends_hour = models.PositiveIntegerField(
        "ends (hours after the last use)", null=True, blank=True, help_text="Empty: nobody can say."
    )
    strength = models.PositiveSmallIntegerField(
        "how strong at its worst",
        null=True,
        validators=[MaxValueValidator(10)],
        help_text="0 to 10; draws the curve.",
    )
    heading = models.CharField(max_length=120)
    body = RichTextField("text", blank=True)
    symptoms = models.TextField("what you may feel", blank=True, help_text="One symptom a line.")
    can_do = models.TextField("what you can do", blank=True, help_text="One thing a line.")

    class Meta(Block.Meta):
        verbose_name = "timeline stage"

    def clean(self):
        if None not in (self.starts_hour, self.ends_hour) and self.ends_hour <= self.starts_hour:
            raise ValidationError({"ends_hour": "A stage ends after it starts."})


class Steps(Block):
    class Drawing(models.TextChoices):
        NONE = "", "No drawings"
        OVERDOSE = "overdose", "Overdose: wake, call, naloxone, breathe, wait, turn, stay"
        START = "start", "How it starts: write, call, talk, video"

    kind = "steps"
    menu_icon = "format_list_numbered"
    template = "steps"
    title_fields = ("heading", "steps")
    word_fields = ("heading", "steps")
    line_fields = ("steps",)

    drawings = {  # of each step in turn; files of templates/drawings/
        Drawing.OVERDOSE: ("wake", "call", "naloxone", "breathe", "wait", "recovery", "stay"),
        Drawing.START: ("write", "phone", "talk", "video"),
    }
    heading = models.CharField(max_length=120, blank=True)
    steps = models.TextField(help_text="One step a line: what to do | more about it")
    drawing = models.CharField(
        "drawings beside the steps",
        max_length=10,
        choices=Drawing.choices,
        blank=True,
        default=Drawing.NONE,
        help_text="One drawing a step, in the order named.",
    )

    class Meta(Block.Meta):
        verbose_name = verbose_name_plural = "steps to do"


class Phrases(Block):
    """Sentences a reader can say to somebody, each with its reason."""

    kind = "phrases"
    menu_icon = "forum"
    template = "phrases"
    title_fields = ("heading", "intro", "phrases")
    word_fields = ("heading", "intro", "phrases")
    line_fields = ("phrases",)

    heading = models.CharField(max_length=120, blank=True)
    intro = models.TextField("sentence before the list", blank=True)
    phrases = models.TextField(help_text="One sentence a line: Say this | why, or what it replaces")

    class Meta(Block.Meta):
        verbose_name = verbose_name_plural = "sentences to say"


class Table(Block):
    """A comparison: the first line heads the columns, the first cell of each other line heads its row."""

    kind = "table"
    menu_icon = "table_chart"
    template = "table"
    title_fields = ("heading", "caption", "rows")
    word_fields = ("heading", "caption", "rows")
    line_fields = ("rows",)

    heading = models.CharField(max_length=120, blank=True)
    caption = models.CharField("what it compares", max_length=200)
    rows = models.TextField(help_text="One row a line, its cells apart by |. The first row is the header.")

    class Meta(Block.Meta):
        verbose_name = "table"
