"""The words of a page as simple HTML, without navigation and sources: what checks read and readers count.

Called by the page checks, the editor's counter and the public view. What counts as a word of a block is in
its `word_fields`.
"""

from django.db import models
from django.utils.html import escape
from django_prose_editor.fields import ProseEditorField

from content import readability
from content.models import BLOCKS_BY_KIND
from content.models.blocks import lines


def block_words(data):
    """Yield (field name, simple HTML) for each field with words of the block `data` of a snapshot."""
    model = BLOCKS_BY_KIND[data["kind"]]
    for field in model.own_fields():
        value = data.get(field.name)
        if field.name in model.word_fields and value:
            yield field.name, _html(model, field, value)


def _html(model, field, value):
    if isinstance(field, ProseEditorField):
        return value
    if field.name in model.line_fields:
        pieces = (piece.strip() for line in lines(value) for piece in line.split("|"))
        return "".join(f"<li>{escape(piece)}</li>" for piece in pieces)
    tag = "p" if isinstance(field, models.TextField) else "dt"  # a short field is no sentence
    return f"<{tag}>{escape(value)}</{tag}>"


def block_html(data):
    """Return the words of one block."""
    return "".join(html for _, html in block_words(data))


def page_html(snapshot):
    """Return the words of the whole page."""
    page = snapshot["page"]
    parts = [f"<h1>{escape(page['heading'])}</h1><p>{escape(page['lede'])}</p>"]
    parts += [block_html(block) for block in snapshot["blocks"] if block["kind"] in BLOCKS_BY_KIND]
    return "".join(parts)


def reading_minutes(snapshot):
    """Return how many minutes the page takes to read."""
    return readability.reading_minutes(page_html(snapshot))
