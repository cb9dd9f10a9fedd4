"""The kinds of block an editor can put on a page: each is one class here and one template.

To add one: the class, its template in templates/content/blocks/, its name in `BLOCKS_BY_KIND`, a migration.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from content.models.blocks import Block
from content.models.images import ImageDigestField, StoredImage
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


class Picture(Block):
    """An image with its alternative text, or marked as decoration."""

    class Shape(models.TextChoices):
        WIDE = "wide", "Wide, 16 to 9"
        PHOTO = "photo", "Photo, 3 to 2"
        SQUARE = "square", "Square"
        TALL = "tall", "Tall, 4 to 5"

        __empty__ = "As it is"

    RATIOS = {Shape.WIDE: 16 / 9, Shape.PHOTO: 3 / 2, Shape.SQUARE: 1, Shape.TALL: 4 / 5}

    kind = "image"
    menu_icon = "image"
    template = "image"
    title_fields = ("alt", "caption")
    word_fields = ("alt", "caption")
    no_link_fields = ("alt",)
    anchor_field = ""

    image = ImageDigestField("picture")
    crop = models.CharField(
        "shape",
        max_length=6,
        choices=Shape.choices,
        blank=True,
        help_text="What is cut off lies farthest from the point that matters.",
    )
    focus_x = models.PositiveSmallIntegerField(
        "point that matters, from the left", default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        "point that matters, from the top", default=50, validators=[MaxValueValidator(100)]
    )
    cropped = ImageDigestField(editable=False, blank=True)  # what visitors see of it; made by the edit screen
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
        if self.alt and self.is_decorative:
            raise ValidationError({"alt": "Say what the picture shows, or check “only decoration”."})
        self._take_size()

    def save(self, *args, **kwargs):
        self._take_size()
        super().save(*args, **kwargs)

    def _take_size(self):
        """Copy the size of the picture, so that the snapshot of a Version needs no look at the file."""
        stored = StoredImage.objects.filter(pk=self.cropped or self.image).first()
        self.width, self.height = (stored.width, stored.height) if stored else (0, 0)


# Every kind, in the order of the menu: nothing else lists them.
BLOCKS_BY_KIND = {
    model.kind: model
    for model in (
        Text,
        Callout,
        SignList,
        TimelineStage,
        Steps,
        KeyFigure,
        Question,
        Phrases,
        Table,
        Card,
        HelplineList,
        Picture,
    )
}


def place_of(number, snapshot):
    """Return in words which block of `snapshot` has this `number`, counted from 0."""
    block = snapshot["blocks"][number]
    model = BLOCKS_BY_KIND.get(block["kind"])
    title, kind = (model.title_of(block), model.label()) if model else ("", block["kind"])
    return f"Block {number + 1}, {kind} “{title}”" if title else f"Block {number + 1}, {kind}"
