"""Whether two snapshots say the same to every visitor, however their HTML is typed. Used by publishing.py.

Browsers send other line ends than they were given, and the rich text editor writes its own HTML: no spaces
between blocks, a paragraph in each list entry. Neither is a change that somebody made.
"""

import re

from django_prose_editor.fields import ProseEditorField

from content.models import BLOCKS_BY_KIND

RICH_FIELDS = {
    (kind, field.name)
    for kind, model in BLOCKS_BY_KIND.items()
    for field in model.own_fields()
    if isinstance(field, ProseEditorField)
}
EMPTY = ("", None, [])
SPACES = re.compile(r"[ \t\r\n\f]+")  # what HTML shows as one space; a space that does not break is another
AROUND_BLOCKS = re.compile(r" ?(</?(?:p|ul|ol|li|h3)\b[^>]*>|<br ?/?>) ?")
FIRST_PARAGRAPH = re.compile(r"<li><p>(.*?)</p>")
USUAL_NUMBERS = '<ol data-type="decimal">'


def is_same(one, other):
    """Return whether the snapshots `one` and `other` differ in nothing that is seen or heard."""
    return _settled(one) == _settled(other)


def _settled(snapshot):
    blocks = [
        {
            name: _settled_value(block["kind"], name, value)
            for name, value in block.items()
            if value is not False and value not in EMPTY  # as little as a field that came since
        }
        for block in snapshot["blocks"]
    ]
    page = {name: with_plain_line_ends(value) for name, value in snapshot["page"].items()}
    return {"page": page, "blocks": blocks}


def _settled_value(kind, name, value):
    if (kind, name) in RICH_FIELDS:
        return settled_html(value or "")
    return with_plain_line_ends(value)


def settled_html(html):
    """Return sanitized `html` in the one way of typing that all ways of showing the same text share."""
    html = AROUND_BLOCKS.sub(r"\1", SPACES.sub(" ", html)).strip(" ")
    return FIRST_PARAGRAPH.sub(r"<li>\1", html.replace(USUAL_NUMBERS, "<ol>"))


def with_plain_line_ends(value):
    """Return a text with the line ends it has outside of browsers; anything else as it is."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
