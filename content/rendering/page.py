"""From the snapshot of a Version to what the page templates show. Called by the views."""

import re
from itertools import pairwise

from django.utils.safestring import mark_safe
from django_prose_editor.fields import ProseEditorField

from content import images
from content.models import BLOCKS_BY_KIND, Card, Page, Steps
from content.models.blocks import cells, lines
from content.rendering import timeline_chart
from content.rendering.anchors import of_blocks
from content.rendering.glossary import Glossary
from content.rendering.tokens import InlineText

LONE_LINK = re.compile(r"<p>(<a) ([^>]*>[^<]*</a></p>)")  # a paragraph that is nothing but a link
PAGE_WORDS = ("heading", "title", "short_name", "description")  # of the page; they stand where no link can


class RenderedBlock(dict):
    """The safe texts of one block, or of a group, and the template that shows them."""

    @property
    def template_name(self):
        return f"content/blocks/{self['template']}.html"


class RenderedPage:
    """Everything a page template needs, made once from a snapshot."""

    def __init__(self, snapshot, *, sources, helplines, glossary=()):
        self._inline, self._helplines = InlineText(sources, helplines), helplines
        page = snapshot["page"]
        self._glossary = Glossary(glossary if page.get("layout") == Page.Layout.ARTICLE else ())
        self.page = {
            **page,
            **{name: self._inline.words(page.get(name) or "") for name in PAGE_WORDS},
            "lede": self._inline.plain(page["lede"]),
            "ends_with_form": page.get("message_form", True),
            "is_medical": page.get("is_medical", True),
        }
        anchors, _ = of_blocks(snapshot["blocks"])
        rendered = [
            self._block(block, own)
            for block, own in zip(snapshot["blocks"], anchors, strict=True)
            if block["kind"] in BLOCKS_BY_KIND
        ]
        self.blocks = [*_group(rendered), *self._words_explained()]
        self._open_first_question()
        self.contents = [entry for block in rendered for entry in _section(block)]

    def _open_first_question(self):
        """Let the first answer be seen at once: many come for it, and it shows that the others open too."""
        for block in self.blocks:
            if block["template"] == "questions":
                block["questions"][0]["is_open"] = True
                return

    def _words_explained(self):
        """Return the block that explains the terms of this page, if it has any."""
        words = [
            {
                "term": term.term,
                "anchor": term.anchor,
                "mention": term.mention,
                "definition": self._defined(term),
            }
            for term in sorted(self._glossary.met, key=str)
        ]
        return [RenderedBlock(kind="glossary", template="glossary", words=words)] if words else []

    def _defined(self, term):
        return self._inline.plain(f"{term.definition} [{term.source}]" if term.source else term.definition)

    @property
    def curve_on_top(self):
        """The curve of the first timeline, which such a page opens with."""
        return next((block["curve"] for block in self.blocks if "curve" in block), None)

    @property
    def choices(self):
        """The first heading with the cards below it: what the home page lets people choose from."""
        for heading, cards in pairwise(self.blocks):
            if heading["kind"] == "text" and cards["kind"] == "card":
                urgent_first = sorted(cards["cards"], key=lambda card: card["tone"] != Card.Tone.URGENT)
                return {**heading, "cards": urgent_first, "places": (heading, cards)}
        return None

    @property
    def bands(self):
        """The blocks without the choices, a list for each section of the home page."""
        chosen = self.choices["places"] if self.choices else ()
        bands = []
        for block in self.blocks:
            if any(block is each for each in chosen):
                continue
            if not bands or (block["kind"] == "text" and block["heading"]):
                bands.append([])
            bands[-1].append(block)
        return _folded(bands)

    @property
    def sources_read(self):
        """The first and last day on which somebody opened a source, and whether some still wait for it."""
        days = sorted(source.read_on for source in self._inline.cited if source.read_on)
        has_unread = len(days) < len(self._inline.cited)
        return {"first": days[0], "last": days[-1], "has_unread": has_unread} if days else {}

    @property
    def sources(self):
        return [
            {
                "number": number,
                "anchor": f"source-{number}",
                "publisher": source.publisher,
                "title": source.title,
                "year": source.year,
                "url": source.url,
                "language": source.language,
                "read_on": source.read_on,
            }
            for number, source in enumerate(self._inline.cited, start=1)
        ]

    def _block(self, data, anchors):
        model = BLOCKS_BY_KIND[data["kind"]]
        block = RenderedBlock(kind=model.kind, template=model.template)
        for field in model.own_fields():
            block[field.name] = self._value(model, field, data.get(field.name))
        block["anchor"] = anchors.get(model.anchor_field)
        block["group_anchor"] = anchors.get("group")
        if model.kind == "image":
            block |= images.for_template(data.get("cropped") or data.get("image"), data.get("width"))
        if model.kind == "callout":
            block["body"] = _with_buttons(block["body"])
        if "steps" in block:
            block["steps"] = [_step(line) for line in block["steps"]]
            for step, name in zip(block["steps"], Steps.drawings.get(block["drawing"], ()), strict=False):
                step["drawing"] = f"drawings/{name}.svg"
        if block.get("icon") in Card.Icon.values[1:]:
            block["picture"] = f"drawings/icon-{block['icon']}.svg"
        if "phrases" in block:
            block["phrases"] = [_phrase(line) for line in block["phrases"]]
        if "rows" in block:
            block |= _table(block["rows"])
        return block

    def _value(self, model, field, value):
        if field.many_to_many:
            found = [
                line for slug in value or [] if (line := self._helplines.get(slug)) and line.is_published
            ]
            return [line for i, line in enumerate(found) if line not in found[:i]]
        if isinstance(field, ProseEditorField):
            return self._glossary.mark(self._inline.rich(value or ""))
        if field.name in model.line_fields:
            return [self._inline.plain(line) for line in lines(value or "")]
        if value and field.name in model.no_link_fields:
            return self._inline.words(value)
        if value and field.name in model.word_fields:
            return self._inline.plain(value)
        return value


def _folded(bands):
    """Return `bands` with neighbors that are a heading and its text alone as one list of folds."""
    found = []
    for band in bands:
        if len(band) > 1 or band[0]["kind"] != "text":
            found.append({"blocks": band})
        elif found and "folds" in found[-1]:
            found[-1]["folds"] += band
        else:
            found.append({"folds": band})
    return found


def _section(block):
    """Yield the entry of `block` in the list of what is on this page, if it opens a section."""
    if block["kind"] == "text" and block["heading"]:
        yield {"anchor": block["anchor"], "text": block["heading"]}
    if block.get("group_anchor"):
        yield {"anchor": block["group_anchor"], "text": block["group"]}


def _with_buttons(body):
    """Return the safe `body` of a colored box with each link that has a paragraph of its own as a button."""
    return mark_safe(LONE_LINK.sub(r'<p class="buttons">\1 class="button button--quiet" \2', body))  # noqa: S308


def _step(line):
    return dict(zip(("command", "detail"), _two_parts(line), strict=True))


def _phrase(line):
    return dict(zip(("say", "why"), _two_parts(line), strict=True))


def _two_parts(line):
    first, _, second = line.partition("|")
    return mark_safe(first.strip()), mark_safe(second.strip())  # noqa: S308 - parts of a line that is safe


def _table(rows):
    """Return the header and the rows, each cell beside the header of its column, for narrow screens."""
    header, *rows = [[mark_safe(cell) for cell in cells(line)] for line in rows] or [[]]  # noqa: S308
    named = [{"name": row[0], "cells": list(zip(header[1:], row[1:], strict=False))} for row in rows]
    return {"header": header, "rows": named}


def _group(blocks):
    """Return `blocks` with neighbors that share a list as one block; a group name starts another."""
    grouped = []
    for block in blocks:
        template, name = block["template"], BLOCKS_BY_KIND[block["kind"]].list_name
        if not name:
            grouped.append(block)
        elif grouped and grouped[-1]["template"] == template and not block["group_anchor"]:
            grouped[-1][name].append(block)
        else:
            grouped.append(RenderedBlock(kind=block["kind"], template=template, **{name: [block]}))
    for block in grouped:
        if block["template"] == "timeline":
            block["curve"] = timeline_chart.draw(block["stages"])
    return grouped
