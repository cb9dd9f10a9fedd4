"""The kinds of block an editor can put on a page: each is one class in this folder and one template.

To add one: the class, its template in templates/content/blocks/, its name in `BLOCKS_BY_KIND`, a migration.
"""

from content.models.block_kinds.links import Card, HelplineList
from content.models.block_kinds.lists import Phrases, SignList, Steps, Table, TimelineStage
from content.models.block_kinds.pictures import Picture
from content.models.block_kinds.texts import Callout, KeyFigure, Question, Text

__all__ = [
    "BLOCKS_BY_KIND",
    "Callout",
    "Card",
    "HelplineList",
    "KeyFigure",
    "Phrases",
    "Picture",
    "Question",
    "SignList",
    "Steps",
    "Table",
    "Text",
    "TimelineStage",
    "place_of",
]

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
