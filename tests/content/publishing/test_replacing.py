"""Words are found as a reader sees them, and replaced in drafts alone."""

import pytest
from django.core.exceptions import ValidationError

from content import publishing
from content.models import SignList, Version
from content.publishing.replacing import Search, changed, discard, hits, replace
from tests.content.page_checks.test_page_checks import make_snapshot, make_text
from tests.support.pages import add_text, make_page, publish_page

pytestmark = pytest.mark.once


def bodies(snapshot):
    return [block["body"] for block in snapshot["blocks"][1:]]


@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "search", "new"),
    [
        ("<p>Use heroin. Heroin is</p>", Search("heroin"), "<p>Use fentanyl. Fentanyl is</p>"),
        ("<p>heroin’s heroine</p>", Search("heroin"), "<p>fentanyl’s heroine</p>"),
        ("<p>heroine</p>", Search("heroin", is_whole=False), "<p>fentanyle</p>"),
        ("<p>heroin Heroin</p>", Search("heroin", is_exact=True), "<p>fentanyl Heroin</p>"),
        (
            '<p><a href="/heroin/">x</a> heroin</p>',
            Search("heroin"),
            '<p><a href="/heroin/">x</a> fentanyl</p>',
        ),
        (
            "<p>black <strong>tar</strong> heroin</p>",
            Search("black tar"),
            "<p>fentanyl<strong></strong> heroin</p>",
        ),
        ("<p>a&nbsp;b &amp; c</p>", Search("a b & c"), "<p>fentanyl</p>"),
        ("<p>one</p><p>two</p>", Search("one two"), "<p>one</p><p>two</p>"),
        ("<p>a p b</p>", Search("p"), "<p>a fentanyl b</p>"),
        ("<p>[heroin-source] {heroin}</p>", Search("heroin"), "<p>[heroin-source] {heroin}</p>"),
        ("<p>One [heroin-source].</p>", Search("one [heroin-source]"), "<p>Fentanyl.</p>"),
    ],
)
def test_words_are_replaced_as_a_reader_sees_them(body, search, new):
    assert bodies(changed(make_snapshot(make_text(body)), search, "fentanyl")) == [new]


@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<p>Take junk now.</p>", "<p>Take now.</p>"),
        ("<p>Junk hurts, junk.</p>", "<p>hurts,.</p>"),
        ("<p>No <em>junk</em></p>", "<p>No<em></em></p>"),
        ("<p>junk</p><p>(junk)</p>", "<p></p><p>()</p>"),
    ],
)
def test_deleted_words_leave_no_double_space(body, left):
    assert bodies(changed(make_snapshot(make_text(body)), Search("junk"), "")) == [left]


@pytest.mark.once
def test_a_replacement_stays_text():
    assert bodies(changed(make_snapshot(make_text("<p>x</p>")), Search("x"), "<b> & \\1")) == [
        "<p>&lt;b&gt; &amp; \\1</p>"
    ]


@pytest.mark.once
def test_each_hit_has_its_place_and_its_words():
    snapshot = make_snapshot(
        {"kind": "sign_list", "heading": "Signs", "signs": "no breath\nblue lips"}, lede="Blue sky."
    )
    found = [
        (hit.block, hit.field, hit.before, hit.found, hit.replaced)
        for hit in hits(snapshot, Search("blue"), "gray")
    ]
    assert found == [(None, "lede", "", "Blue", "Gray"), (1, "signs", "no breath ", "blue", "gray")]


@pytest.fixture
def draft(db):
    page = make_page()
    add_text(page, "<p>Old words.</p>", heading="A part")
    SignList.objects.create(parent=page, heading="Signs", signs="old\nnew", ordering=20)
    publish_page(page)
    return page


def test_replacing_changes_the_draft_and_nothing_live(draft):
    live = Version.objects.current().get()
    made = replace(live, Search("old"), "good")
    assert (made.number, made.live_from) == (2, None)
    assert [block.get("body") or block["signs"] for block in made.snapshot["blocks"]] == [
        "<p>Good words.</p>",
        "good\nnew",
    ]
    assert Version.objects.current().get() == live
    with pytest.raises(ValidationError, match="more than wording"):  # the gate judges as always
        publishing.publish(made, change=Version.Change.WORDING)


def test_undo_discards_the_draft_unless_somebody_saved_since(draft):
    live = Version.objects.current().get()
    made = replace(live, Search("old"), "good")
    assert discard(made).snapshot == live.snapshot
    made = replace(Version.objects.order_by("-number").first(), Search("old"), "good")
    add_text(draft, "<p>More.</p>", ordering=30)
    with pytest.raises(ValidationError, match="stays as it is"):
        discard(made)


def test_a_page_that_was_saved_meanwhile_is_left_alone(draft):
    live = Version.objects.current().get()
    add_text(draft, "<p>More.</p>", ordering=30)
    with pytest.raises(ValidationError, match="in the meantime"):
        replace(live, Search("old"), "good")
    assert Version.objects.count() == 1
