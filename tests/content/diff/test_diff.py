"""Two snapshots, word by word: nothing that changed can hide."""

import re

import pytest

from content import images
from content.admin.blocks import BLOCK_INLINES
from content.diff import pages
from content.models import BLOCKS_BY_KIND
from tests.content.page_checks.test_page_checks import make_snapshot, make_text

pytestmark = pytest.mark.once

STAGE = {
    "kind": "timeline_stage",
    "when": "Day 1 to 4",
    "starts_hour": 24,
    "ends_hour": 96,
    "strength": 9,
    "heading": "The hardest days",
    "body": "<p>Symptoms grow.</p>",
    "symptoms": "sweating\nvomiting\nfever",
}


def changes(old, new):
    """Return (state, is_moved, {field: [(kind, text)]}) of every block shown."""
    compared = pages.compare(make_snapshot(*old), make_snapshot(*new))
    return [
        (
            block.state,
            block.is_moved,
            {
                change.name: [
                    (piece.kind, piece.text.strip()) for piece in change.pieces if piece.kind != "same"
                ]
                for change in block.fields
            },
        )
        for block in compared.shown
    ]


def test_finds_nothing_between_equal_snapshots():
    compared = pages.compare(make_snapshot(STAGE), make_snapshot(STAGE))
    assert compared.is_empty
    assert compared.unchanged == 2


def test_a_changed_number_shows_alone():
    assert changes(
        [make_text("<p>It lasts 4 to 10 days.</p>")], [make_text("<p>It lasts 4 to 12 days.</p>")]
    ) == [("changed", False, {"body": [("del", "10"), ("ins", "12")]})]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1,000", "10,00"),
        ("1.5", "15"),
        ("0.4 mg", "4 mg"),
        ("10", "1\u200b0"),
        ("[one-source]", "[two-source]"),
        ("{911}", "{988}"),
        ('<a href="/one/">here</a>', '<a href="/two/">here</a>'),
        ("do not stop", "do stop"),
        ("<ul><li>One</li></ul>", "<ol><li>One</li></ol>"),
    ],
)
def test_no_change_in_a_text_hides(before, after):
    [(state, _, fields)] = changes(
        [make_text(f"<p>Take {before} now.</p>")], [make_text(f"<p>Take {after} now.</p>")]
    )
    assert state == "changed"
    assert fields["body"]


def test_a_symptom_that_is_taken_out_shows():
    assert changes([STAGE], [STAGE | {"symptoms": "sweating\nfever"}]) == [
        ("changed", False, {"symptoms": [("del", "vomiting")]})
    ]


@pytest.mark.parametrize(("name", "value"), [("strength", 8), ("starts_hour", 0), ("when", "Day 1 to 5")])
def test_every_field_of_a_stage_is_compared(name, value):
    [(_, _, fields)] = changes([STAGE], [STAGE | {name: value}])
    assert set(fields) == {name}


@pytest.mark.parametrize("model", BLOCKS_BY_KIND.values())
def test_every_field_of_every_kind_is_compared(model):
    for field in model.own_fields():
        old = {"kind": model.kind, **{each.name: f"{each.name} words" for each in model.own_fields()}}
        old |= {"helplines": ["a"]} if field.many_to_many else {}
        new = old | {field.name: ["b"] if field.many_to_many else f"{field.name} other"}
        [(state, _, fields)] = changes([old], [new])
        assert (state, set(fields)) == ("changed", {field.name})


def test_a_picture_is_shown_with_its_words_and_not_as_its_digest():
    old = {"kind": "image", "image": "a" * 32, "alt": "An old kit", "caption": "Ask for it at the door."}
    compared = pages.compare(
        make_snapshot(old), make_snapshot(old | {"image": "b" * 32, "alt": "A <new> kit"})
    )
    [picture] = [change for block in compared.shown for change in block.fields if change.name == "image"]
    assert re.findall(r'<(del|ins)><img src="([^"]+)"', picture.html) == [
        ("del", images.address("a" * 32, 480)),
        ("ins", images.address("b" * 32, 480)),
    ]
    assert "Deleted: An old kit</del>" in picture.html and "Added: A &lt;new&gt; kit</ins>" in picture.html


def test_page_fields_are_compared():
    compared = pages.compare(make_snapshot(lede="Before it."), make_snapshot(lede="After it.", in_menu=True))
    assert [change.name for change in compared.page] == ["lede", "in_menu"]


def test_added_and_deleted_blocks_show_in_full():
    one, two = make_text("<p>One thing here.</p>", "One"), make_text("<p>Quite other matters.</p>", "Two")
    assert changes([one], [two]) == [
        ("deleted", False, {"heading": [("del", "One")], "body": [("del", "One thing here.")]}),
        ("added", False, {"heading": [("ins", "Two")], "body": [("ins", "Quite other matters.")]}),
    ]


def test_a_moved_block_shows_as_moved_and_its_changes_too():
    blocks = [make_text(f"<p>Words about {name}.</p>", name) for name in ("apples", "pears", "plums")]
    assert changes(blocks, [blocks[2], *blocks[:2]]) == [("same", True, {})]
    changed = blocks[2] | {"body": "<p>Words about ripe plums.</p>"}
    assert changes(blocks, [changed, *blocks[:2]]) == [("changed", True, {"body": [("ins", "ripe")]})]


def test_a_block_of_another_kind_is_not_the_same_block():
    card = {
        "kind": "card",
        "heading": "Take care",
        "text": "Words",
        "link": "/",
        "link_label": "Home",
        "tone": "quiet",
    }
    assert [state for state, _, _ in changes([make_text("Words", "Take care")], [card])] == [
        "deleted",
        "added",
    ]


def test_equal_blocks_are_counted_one_by_one():
    twin = make_text("<p>The same words.</p>")
    assert [state for state, _, _ in changes([twin, twin, twin], [twin, twin])] == ["deleted"]


def test_spaces_alone_are_told():
    [(_, _, fields)] = changes([make_text("<p>a b</p>")], [make_text("<p>a\u00a0b</p>")])
    assert fields["body"] == [("ins", "(only spaces or line ends changed)")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>One.</p>\n<ul>\n<li>two</li>\n</ul>\n", "<p>One.</p><ul><li><p>two</p></li></ul>"),
        ("\n<h3>Three</h3>\n<p>Four</p>", "<h3>Three</h3><p>Four </p>"),
        ("<p>One\ntwo.</p>", "<p>One two.</p>"),
    ],
)
def test_how_the_html_was_typed_makes_no_difference(before, after):
    assert changes([make_text(before)], [make_text(after)]) == []


def test_line_ends_of_another_system_make_no_difference():
    assert changes([STAGE], [STAGE | {"symptoms": "sweating\r\nvomiting\r\nfever\r\n"}]) == []


def test_tolerates_kinds_and_fields_that_came_or_went():
    old, new = {"kind": "hologram", "depth": 3}, {"kind": "hologram", "depth": 4}
    assert [fields for _, _, fields in changes([old], [new])] == [
        {"depth": [("del", "3")]},
        {"depth": [("ins", "4")]},
    ]
    assert changes([make_text("x")], [make_text("x") | {"color": "pine"}])[0][2] == {
        "color": [("ins", "pine")]
    }


def test_against_no_page_everything_is_new():
    compared = pages.compare(None, make_snapshot(STAGE))
    assert [block.state for block in compared.shown] == ["added", "added"]
    assert {change.name for change in compared.page} >= {"heading", "lede", "description"}


def test_says_changes_in_words_and_escapes_them():
    old, new = (
        make_snapshot(make_text("<p>safe</p>")),
        make_snapshot(make_text("<p>&lt;script&gt;alert(1)</p>")),
    )
    html = pages.compare(old, new).shown[0].fields[-1].html
    assert '<del><span class="visually-hidden">[deleted: </span>safe' in html
    assert '<ins><span class="visually-hidden">[added: </span>&lt;script&gt;alert(1)' in html
    assert "<script" not in html


def test_a_long_page_is_compared_quickly():
    words = " ".join(f"word{number % 50} and the" for number in range(3000))
    old, new = make_text(f"<p>{words}</p>"), make_text(f"<p>{words.replace('word7 ', 'word8 ')}</p>")
    assert changes([old] * 5, [new] * 5)


def test_every_kind_is_named_as_in_the_menu_of_the_editor():
    blocks = [{"kind": model.kind} for model in BLOCKS_BY_KIND.values()]
    shown = pages.compare(make_snapshot(), make_snapshot(*blocks)).shown
    assert [block.kind for block in shown] == [inline.verbose_name.capitalize() for inline in BLOCK_INLINES]
