"""Kinds and fields of blocks: what they show, who may add them, what snapshots from before still show."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import models
from django.template.loader import get_template, render_to_string

from content import page_checks
from content.admin.blocks import BLOCK_INLINES
from content.models import BLOCKS_BY_KIND, Block, Page, Version
from content.publishing.same_text import is_same
from content.rendering.anchors import TAKEN
from content.rendering.anchors import of_blocks as anchors_of_blocks
from content.rendering.page import RenderedPage
from content.rendering.words import block_html
from content.visitors.views import page_context

pytestmark = pytest.mark.once


def shown(*blocks):
    page = {"path": "/x/", "heading": "X", "lede": ""}
    rendered = RenderedPage({"page": page, "blocks": list(blocks)}, sources={}, helplines={})
    return "".join(render_to_string(block.template_name, {"block": block}) for block in rendered.blocks)


def filled(kind):
    """Return a block of `kind` with "A heading" or "1" in all that it needs."""
    model, block = BLOCKS_BY_KIND[kind], {"kind": kind}
    for field in model.own_fields():
        if field.name in model.word_fields:
            block[field.name] = "A heading"
        elif isinstance(field, models.IntegerField):
            block[field.name] = 1
    if "group" in block:
        block["group"] = ""
    return block


def test_shows_what_to_say_and_why():
    html = shown(
        {"kind": "phrases", "heading": "Say", "phrases": "“I am glad you told me.” | It keeps the door open."}
    )
    assert "“I am glad you told me.”" in html
    assert "It keeps the door open." in html


def test_a_table_heads_its_columns_and_rows():
    html = shown({"kind": "table", "caption": "Medicines", "rows": "Name | How\nMethadone | Daily <b>"})
    assert '<th scope="col">Name</th><th scope="col">How</th>' in html
    assert '<th scope="row">Methadone</th><td data-label="How">Daily &lt;b&gt;</td>' in html


def test_a_snapshot_from_before_a_field_says_the_same_as_one_that_leaves_it_empty():
    old = {"page": {}, "blocks": [{"kind": "steps", "steps": "a"}]}
    new = {"page": {}, "blocks": [{"kind": "steps", "steps": "a", "drawing": ""}]}
    assert is_same(old, new)


KINDS = pytest.mark.parametrize("kind", BLOCKS_BY_KIND)


@KINDS
def test_every_kind_has_a_template_a_label_an_icon_and_an_entry_in_the_menu(kind):
    model = BLOCKS_BY_KIND[kind]
    assert get_template(f"content/blocks/{model.template}.html")
    assert model.label() and model.menu_icon
    assert model in [inline.model for inline in BLOCK_INLINES]


@KINDS
def test_a_kind_names_only_fields_that_it_has(kind):
    model = BLOCKS_BY_KIND[kind]
    known = {field.name for field in model.own_fields()}
    anchor = {model.anchor_field} - {""}
    assert {*model.title_fields, *model.word_fields, *model.line_fields, *anchor} <= known
    assert set(model.line_fields) <= set(model.word_fields)


@KINDS
def test_the_page_prints_every_anchor_that_the_checks_know(kind):
    model, block = BLOCKS_BY_KIND[kind], filled(kind)
    _, known = anchors_of_blocks([block])
    printed = set(re.findall(r'id="([^"]+)"', shown(block)))
    assert known - TAKEN <= printed
    assert bool(model.anchor_field) == ("a-heading" in printed)


def test_a_link_to_a_heading_that_is_not_printed_is_found():
    link = {"kind": "text", "heading": "", "body": '<p><a href="#a-heading">A heading</a></p>'}
    page = {"path": "/x/", "heading": "X", "lede": "", "layout": "article"}
    snapshot = {"page": page, "blocks": [filled("card"), link]}
    found = page_checks.check(snapshot, page_checks.Surroundings())
    assert "link-target" in [finding.rule for finding in found]


def test_codes_of_a_block_are_not_words_of_the_page():
    block = filled("callout") | {"safety_topic": "suicide", "level": "emergency"}
    html = block_html(block)
    assert "A heading" in html
    assert "suicide" not in html
    assert "emergency" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Editor", "Publisher", "Owner"])
@KINDS
def test_those_who_edit_pages_may_use_every_kind(role, kind):
    names = set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))
    model = BLOCKS_BY_KIND[kind]._meta.model_name
    assert {f"{verb}_{model}" for verb in ("view", "add", "change", "delete")} <= names


def test_every_model_of_a_block_is_one_of_the_kinds():
    assert set(Block.__subclasses__()) == set(BLOCKS_BY_KIND.values())


# One block of each kind with the fields that the first release knew.
FIRST_RELEASE = [
    {"kind": "text", "heading": "What now?", "body": "<p>Read on.</p>"},
    {
        "kind": "card",
        "heading": "Door",
        "text": "More",
        "link": "/faq/",
        "link_label": "Go",
        "tone": "urgent",
    },
    {
        "kind": "callout",
        "level": "emergency",
        "heading": "Call",
        "body": "<p>Now</p>",
        "safety_topic": "suicide",
    },
    {"kind": "sign_list", "heading": "Signs", "intro": "", "signs": "one\ntwo"},
    {
        "kind": "timeline_stage",
        "when": "Day 1",
        "starts_hour": 1,
        "ends_hour": 24,
        "strength": 4,
        "heading": "First",
        "body": "",
        "symptoms": "aches",
    },
    {"kind": "steps", "heading": "", "steps": "Do this | like that"},
    {"kind": "key_figure", "figure": "1 in 4", "text": "people"},
    {"kind": "question", "question": "Is it?", "answer": "<p>Yes.</p>"},
    {"kind": "helplines", "heading": "Lines", "intro": "", "helplines": ["911"]},
    {"kind": "image", "image": "", "width": 0, "height": 0, "alt": "", "is_decorative": True, "caption": ""},
]


@pytest.mark.django_db
@pytest.mark.parametrize("layout", Page.Layout.values)
def test_a_version_of_the_first_release_still_shows_all_its_words(layout):
    page = {"path": "/old/", "heading": "Old", "title": "Old", "short_name": "Old", "lede": "Then"}
    page |= {"description": "", "layout": layout, "position": 1, "in_menu": False, "message_form": True}
    version = Version(snapshot={"page": page, "blocks": FIRST_RELEASE})
    html = render_to_string(f"content/{layout}.html", page_context(version))
    words = [
        "What now?",
        "Door",
        "Call 988",
        "two",
        "Day 1",
        "aches",
        "like that",
        "1 in 4",
        "Is it?",
        "Lines",
    ]
    assert [word for word in words if word not in html] == []


@pytest.mark.django_db
def test_a_drawing_or_picture_that_this_release_does_not_know_is_left_out():
    steps = {"kind": "steps", "steps": "Do this", "drawing": "of-tomorrow"}
    assert "<svg" not in shown(steps, {"kind": "card", "heading": "x", "icon": "of-tomorrow", "link": "/"})
