"""The kinds of block an editor can put on a page. Each is one model, one template, one entry in the menu.

Text fields may hold tokens: `[code]` cites a Source, `{code}` becomes the number of a Helpline.
"""

import re

from content_editor.models import PluginBase
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django_prose_editor.fields import ProseEditorField

from content.models.images import ImageDigestField, StoredImage

# What the editor offers is what the sanitizer lets through: one list, so that they cannot differ.
RICH_TEXT = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Heading": {"levels": [3]},
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["https", "http", "mailto", "tel", "sms"]},
}


TITLE_FIELDS = ("heading", "question", "figure", "alt", "intro", "body")


def rich_text(label, **options):
    """Return a rich text field that keeps only what `RICH_TEXT` allows."""
    return ProseEditorField(label, extensions=RICH_TEXT, sanitize=True, **options)


def lines(text):
    """Return the non-empty lines of `text`, trimmed."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def cells(line):
    """Return the cells of one line of a table, trimmed."""
    return [cell.strip() for cell in line.split("|")]


class Block(PluginBase):
    """What all kinds share: the page they stand on and their order there."""

    kind = ""
    line_fields = ()  # text fields that hold one entry a line

    parent = models.ForeignKey("content.Page", on_delete=models.CASCADE, related_name="%(class)s_blocks")
    region = models.CharField(max_length=20, default="main")
    ordering = models.IntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["ordering"]

    def __str__(self):
        """What tells this block from others of its kind: its first text."""
        texts = (strip_tags(str(value)) for name in TITLE_FIELDS if (value := getattr(self, name, "")))
        return Truncator(next(texts, self._meta.verbose_name)).chars(60)

    @classmethod
    def own_fields(cls):
        """The fields of this kind alone, many-to-many included."""
        shared = {"id", "parent", "region", "ordering"}
        return [f for f in (*cls._meta.concrete_fields, *cls._meta.many_to_many) if f.name not in shared]


class Text(Block):
    kind = "text"
    heading = models.CharField(
        "section heading", max_length=120, blank=True, help_text="Listed in “On this page”."
    )
    body = rich_text("text", blank=True)

    class Meta(Block.Meta):
        verbose_name = "text"


class Callout(Block):
    class Level(models.TextChoices):
        INFORMATION = "information", "Good to know"
        WARNING = "warning", "Take care"
        EMERGENCY = "emergency", "Emergency"

    class SafetyTopic(models.TextChoices):
        """What a page may be required to say; see Page.required_topics."""

        TOLERANCE = "tolerance", "Tolerance falls, overdose risk rises"
        PREGNANCY = "pregnancy", "Pregnancy: do not stop suddenly"
        SUICIDE = "suicide", "Thoughts of suicide"
        EMERGENCY = "emergency", "When to call for help now"

    kind = "callout"
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.INFORMATION)
    heading = models.CharField(max_length=120)
    body = rich_text("text")
    safety_topic = models.CharField(
        max_length=12,
        choices=SafetyTopic.choices,
        blank=True,
        help_text="Some pages may not go live without a box on each of their safety topics.",
    )

    class Meta(Block.Meta):
        verbose_name = "colored box"


class SignList(Block):
    class Drawing(models.TextChoices):
        NONE = "", "No drawing"
        BODY = "body", "A body with numbers: eyes, face, mouth (3 and 4), breathing, arms, all over"

    kind = "sign_list"
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
    line_fields = ("symptoms", "can_do")
    when = models.CharField(max_length=60, help_text="As readers say it: Days 1 to 4")
    starts_hour = models.PositiveIntegerField("starts (hours after the last use)")
    ends_hour = models.PositiveIntegerField(
        "ends (hours after the last use)", null=True, blank=True, help_text="Empty: nobody can say."
    )
    strength = models.PositiveSmallIntegerField(
        "how strong at its worst", validators=[MaxValueValidator(10)], help_text="0 to 10; draws the curve."
    )
    heading = models.CharField(max_length=120)
    body = rich_text("text", blank=True)
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
        START = "start", "How it starts: write, call, video"

    kind = "steps"
    line_fields = ("steps",)
    drawings = {  # of each step in turn; files of templates/drawings/
        Drawing.OVERDOSE: ("wake", "call", "naloxone", "breathe", "wait", "recovery", "stay"),
        Drawing.START: ("write", "phone", "video"),
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


class KeyFigure(Block):
    kind = "key_figure"
    figure = models.CharField(max_length=20, help_text="Short: 1 in 4")
    text = models.TextField(help_text="What it counts, with the year and its source.")

    class Meta(Block.Meta):
        verbose_name = "key figure"


class Question(Block):
    kind = "question"
    group = models.CharField(
        max_length=40, blank=True, help_text="A short name above the first question of a group: Cost"
    )
    question = models.CharField(max_length=150)
    answer = rich_text("answer")

    class Meta(Block.Meta):
        verbose_name = "question and answer"
        verbose_name_plural = "questions and answers"


class Phrases(Block):
    """Sentences a reader can say to somebody, each with its reason."""

    kind = "phrases"
    line_fields = ("phrases",)
    heading = models.CharField(max_length=120, blank=True)
    intro = models.TextField("sentence before the list", blank=True)
    phrases = models.TextField(help_text="One sentence a line: Say this | why, or what it replaces")

    class Meta(Block.Meta):
        verbose_name = verbose_name_plural = "sentences to say"


class Table(Block):
    """A comparison: the first line heads the columns, the first cell of each other line heads its row."""

    kind = "table"
    line_fields = ("rows",)
    heading = models.CharField(max_length=120, blank=True)
    caption = models.CharField("what it compares", max_length=200)
    rows = models.TextField(help_text="One row a line, its cells apart by |. The first row is the header.")

    class Meta(Block.Meta):
        verbose_name = "table"

    def clean(self):
        rows = [cells(line) for line in lines(self.rows)]
        if len(rows) < 2 or len({len(row) for row in rows}) > 1:
            raise ValidationError({"rows": "Write a header and at least one row, each with as many cells."})


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
    heading = models.CharField(max_length=120, blank=True)
    intro = models.TextField("sentence before the list", blank=True)
    helplines = models.ManyToManyField("content.Helpline", related_name="+")

    class Meta(Block.Meta):
        verbose_name = "helplines"
        verbose_name_plural = "helplines"


class Picture(Block):
    """An image with its alternative text, or marked as decoration."""

    kind = "image"
    image = ImageDigestField("picture")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(
        "what the picture shows", max_length=200, blank=True, help_text="For people who cannot see it."
    )
    is_decorative = models.BooleanField("only decoration", default=False)
    caption = models.CharField(max_length=200, blank=True)

    class Meta(Block.Meta):
        verbose_name = "image"

    def clean(self):
        if bool(self.alt) == self.is_decorative:
            raise ValidationError(
                {"alt": "Say what the picture shows, or tick “only decoration”, one of the two."}
            )

        self._take_size()

    def save(self, *args, **kwargs):
        self._take_size()
        super().save(*args, **kwargs)

    def _take_size(self):
        """Copy the size of the picture, so that the snapshot of a Version needs no look at the file."""
        stored = StoredImage.objects.filter(pk=self.image).first()
        self.width, self.height = (stored.width, stored.height) if stored else (0, 0)
