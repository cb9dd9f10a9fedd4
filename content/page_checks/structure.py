"""Checks of structure: titles, order of headings, alternative texts, safety boxes, stages."""

import re

from django.utils.text import capfirst
from django_prose_editor.fields import ProseEditorField

from content.models import BLOCKS_BY_KIND, Callout, languages
from content.models.blocks import cells, lines
from content.page_checks.draft import PAGE_TEXTS, Finding
from content.readability.visible_text import as_read, has_visible_word, has_word
from content.rendering.tokens import tokens, without_facts, without_unknown_facts

MAX_COLUMNS = 6  # more are too narrow to read beside each other, in the widest window too
MAX_CELL_LENGTH = 120  # characters
HELP_WORDS = "Write here:"  # what each help text of a template for new pages starts with
MAX_IN_MENU = 4  # pages, beside the two links that are always there; more take a second row
DESCRIPTION_LENGTH = (140, 155)  # characters; search engines cut longer ones
NAMES = {
    "heading": "heading",
    "title": "title in the browser",
    "short_name": "short name",
    "lede": "first sentence",
    "description": "description for search engines",
}
FILE_NAME = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)\Z|\A(?:img|dsc|image)[-_ ]?\d+", re.IGNORECASE)


def check(draft):
    """Yield findings on what is missing, out of order or cannot be read aloud."""
    yield from _titles(draft)
    yield from _menu(draft)
    yield from _help_words(draft)
    yield from _safety_topics(draft)
    yield from _headings(draft)
    yield from _stages(draft)
    for place, block in draft.blocks:
        if block["kind"] == "image":
            yield from _picture(place, block)
        if block["kind"] == "table":
            yield from _table(place, block)
        yield from _required_words(place, block)
        if not any(value for name, value in block.items() if name not in ("kind", "level", "tone")):
            yield Finding("empty-block", "warn", "This block is empty. Fill it in or delete it.", block=place)


def _required_words(place, block):
    """Yield the fields of a block that must say something and show a reader nothing."""
    model = BLOCKS_BY_KIND[block["kind"]]
    for field in model.own_fields():
        is_required = field.name in model.may_wait()
        is_seen = _is_seen if isinstance(field, ProseEditorField) else has_word
        value = block.get(field.name)
        if is_required and field.name in block and not is_seen("" if value is None else str(value)):
            message = f"“{capfirst(field.verbose_name)}” shows a reader nothing. Fill it in or delete it."
            yield Finding("empty-words", "error", message, block=place, field=field.name)


def _is_seen(html):
    return has_visible_word(without_unknown_facts(html))


def _titles(draft):
    for name in PAGE_TEXTS:
        if not has_word(draft.page.get(name) or ""):
            yield Finding("missing-title", "error", f"The {NAMES[name]} is empty. Fill it in.", field=name)
    if any(tokens(draft.page.get("short_name") or "")):
        message = "The short name is shown in menus, where no code can be. Write the words."
        yield Finding("code-in-name", "error", message, field="short_name")
    length, (least, most) = len((draft.page.get("description") or "").strip()), DESCRIPTION_LENGTH
    if length and not least <= length <= most:
        message = f"The description for search engines has {length} characters. Use {least} to {most}."
        yield Finding("description-length", "warn", message, field="description")


def _menu(draft):
    """Yield a warning if this page makes the menu of its language too long."""
    language = languages.of_path(draft.path)
    others = {path for path in draft.around.in_menu - {draft.path} if languages.of_path(path) == language}
    if draft.page.get("in_menu") and len(others) >= MAX_IN_MENU:
        message = (
            f"With this page, the menu at the top has {len(others) + 1} pages. It has room for {MAX_IN_MENU}:"
            " uncheck “in the menu” here or on another page."
        )
        yield Finding("menu-length", "warn", message, field="in_menu")


def _help_words(draft):
    """Yield the words of a template that say what to write, while they are still there."""
    for words in draft.words:
        for line in words.visible.splitlines():
            if HELP_WORDS in line:
                message = "This says what to write here. Write it in its place, or delete the block."
                yield words.finding("help-words", "error", message, line.strip())


def _safety_topics(draft):
    said = {
        block.get("safety_topic")
        for _, block in draft.blocks
        if block["kind"] == "callout" and has_visible_word(without_facts(block.get("body") or ""))
    }
    labels = dict(Callout.SafetyTopic.choices)
    for topic in draft.required_topics:
        if topic not in said:
            label = labels.get(topic, topic)
            message = f"This page needs a box on “{label}”. Add a colored box with this safety topic."
            yield Finding("safety-topic", "error", message)


def _headings(draft):
    """Yield headings without words and headings that skip a level, in the order of the page."""
    has_section = False
    for place, block, words in draft.words_by_block:
        model = BLOCKS_BY_KIND[block["kind"]]
        own, opens_section = block.get(model.anchor_field) or "", model.heading_level == 2
        has_section = has_section or bool((own and opens_section) or block.get("group"))
        inner = [heading for each in words for heading in each.headings]
        for level, text in inner:
            if not has_word(text):
                yield Finding(
                    "empty-heading", "error", "This heading is empty. Fill it in or delete it.", block=place
                )
            if level != 3:
                yield Finding("heading-level", "error", "Use the editor’s own heading.", text, place)
        if (own or inner) and not has_section:
            message = (
                "Add a text block with a section heading before this heading, so that no level is skipped."
            )
            yield Finding("heading-order", "error", message, own or inner[0][1], place)


def _stages(draft):
    before = None
    for place, block in draft.blocks:
        if block["kind"] != "timeline_stage":
            before = None
            continue
        if block["starts_hour"] is None:
            continue
        if before is not None and block["starts_hour"] < before:
            yield Finding(
                "stage-order", "error", "This stage starts before the one above it. Move it.", block=place
            )
        before = block["starts_hour"]


def _picture(place, block):
    alt = as_read(block.get("alt") or "").strip()
    if not alt and not block.get("is_decorative"):
        message = "Say what the picture shows, for people who cannot see it, or check “only decoration”."
        yield Finding("alt-text", "error", message, block=place, field="alt")
    elif FILE_NAME.search(alt):
        yield Finding(
            "alt-text", "error", "This is a file name. Say what the picture shows.", alt, place, "alt"
        )


def _table(place, block):
    """Yield what makes a table hard to read on a phone or aloud."""
    header, *rows = [cells(line) for line in lines(block.get("rows") or "")] or [[]]
    if len(header) > MAX_COLUMNS:
        message = f"This table has {len(header)} columns. Use up to {MAX_COLUMNS}, or make two tables of it."
        yield Finding("table-width", "warn", message, block=place, field="rows")
    if not rows:
        message = "Write a header and at least one row."
        yield Finding("table-rows", "error", message, block=place, field="rows")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(header):
            message = f"Row {number} has {len(row)} cells, the header has {len(header)}."
            yield Finding("table-rows", "error", message, block=place, field="rows")
        if not has_word(row[0]):
            message = f"The first cell of row {number} is empty. Write there what the row is about."
            yield Finding("table-name", "error", message, " | ".join(row), place, "rows")
    if not all(header[1:]):
        message = "A column has no heading. Write what it holds."
        yield Finding("table-heading", "error", message, block=place, field="rows")
    for cell in (cell for row in rows for cell in row if len(cell) > MAX_CELL_LENGTH):
        yield Finding(
            "table-cell", "warn", "This cell is long. Move what it says below the table.", cell, place, "rows"
        )
