"""What all kinds of block share. The kinds themselves are in block_kinds/.

Words in a block may hold tokens: `[code]` cites a Source, `{code}` becomes the number of a Helpline.
"""

from html import unescape

from content_editor.models import PluginBase
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django_prose_editor.fields import ProseEditorField

from content.models.typed import TypedModel


def lines(text):
    """Return the non-empty lines of `text`, trimmed."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def cells(line):
    """Return the cells of one line of a table, trimmed."""
    return [cell.strip() for cell in line.split("|")]


class Block(TypedModel, PluginBase):
    """The page that a block is on, its order there, and what the rest of the site knows about its kind.

    A kind is one class in block_kinds/ and one template; everything else follows from these attributes.
    """

    kind = ""  # its name in snapshots
    code_fields = None
    menu_icon = ""  # in the menu that adds blocks: a Material icon
    template = ""  # in templates/content/blocks/, without .html
    list_name = ""  # neighbors of the kind are shown by one template, which gets them in a list of this name
    title_fields = ("heading",)  # the first with text tells the block from others of its kind
    word_fields = ()  # what visitors read; checked, counted, and its tokens resolved
    line_fields = ()  # those of the word fields that hold one entry a line
    no_link_fields = ()  # those inside a link, a button or an attribute, or repeated in a link
    anchor_field = "heading"  # the heading that links can lead to; "" if the template prints none
    heading_level = 3  # of that heading; 2 opens a section

    parent = models.ForeignKey("content.Page", on_delete=models.CASCADE, related_name="%(class)s_blocks")
    region = models.CharField(max_length=20, default="main")
    ordering = models.IntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["ordering"]

    def __str__(self):
        return self.title_of(vars(self)) or self._meta.verbose_name

    @classmethod
    def label(cls):
        """Return the name of the kind as staff read it."""
        return str(cls._meta.verbose_name)

    @classmethod
    def title_of(cls, values):
        """Return what tells a block with these `values` from others of its kind; "" if it has no text."""
        texts = (cls._plain(name, str(values.get(name) or "")).strip() for name in cls.title_fields)
        return Truncator(next(filter(None, texts), "")).chars(60)

    @classmethod
    def _plain(cls, name, text):
        is_rich = isinstance(cls._meta.get_field(name), ProseEditorField)
        return unescape(strip_tags(text)) if is_rich else text

    @classmethod
    def may_wait(cls):
        """Return the names of required fields that a draft may lack; the page checks ask for them."""
        kinds = (models.CharField, models.TextField)
        fields = [field for field in cls.own_fields() if not field.blank and not field.choices]
        return {field.name for field in fields if isinstance(field, kinds) or field.null}

    @classmethod
    def own_fields(cls):
        """Return the fields of this kind alone, many-to-many included."""
        shared = {"id", "parent", "region", "ordering"}
        return [f for f in (*cls._meta.concrete_fields, *cls._meta.many_to_many) if f.name not in shared]
