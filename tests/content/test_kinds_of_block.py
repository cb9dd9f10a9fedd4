"""Kinds and fields of blocks: what they show, who may add them, what snapshots from before still show."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from content.models import Phrases, Table
from content.publishing.same_text import is_same
from content.rendering.page import RenderedPage


def shown(*blocks):
    page = {"path": "/x/", "heading": "X", "lede": ""}
    rendered = RenderedPage({"page": page, "blocks": list(blocks)}, sources={}, helplines={})
    return "".join(render_to_string(block.template_name, {"block": block}) for block in rendered.blocks)


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


@pytest.mark.parametrize("rows", ["Only a header", "A | B\nC"])
def test_a_table_without_rows_or_with_a_hole_is_refused(rows):
    with pytest.raises(ValidationError):
        Table(caption="x", rows=rows).clean()


def test_a_snapshot_from_before_a_field_says_the_same_as_one_that_leaves_it_empty():
    old = {"page": {}, "blocks": [{"kind": "steps", "steps": "a"}]}
    new = {"page": {}, "blocks": [{"kind": "steps", "steps": "a", "drawing": ""}]}
    assert is_same(old, new)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Editor", "Publisher", "Owner"])
def test_those_who_edit_pages_may_add_every_kind(role):
    names = set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))
    assert {f"add_{model._meta.model_name}" for model in (Phrases, Table)} <= names
