"""The checks on the edit screen: of the saved draft when it opens, of what is typed while it is typed."""

import json
import re

import pytest

from content import page_checks, publishing
from content.models import Callout, Card, Text
from tests.support.edit_form import add_block, change_url, fields_of, make_draft, save
from tests.support.pages import add_text
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(client):
    client.force_login(make_staff("Editor"))
    return client


@pytest.fixture
def draft():
    return make_draft()


def measured(client, page, **typed):
    fields = fields_of(client.get(change_url(page))) | typed
    return client.post(f"{change_url(page).removesuffix('change/')}measure/", fields).json()


def checks(html):
    """Return severity, link and words of each check in `html`."""
    found = re.findall(r'<li class="check check--(\w+)">(.*?)</li>', html, re.DOTALL)
    return [
        (severity, "".join(re.findall(r'href="([^"]*)"', inside)), " ".join(inside.split()))
        for severity, inside in found
    ]


def one(html, words):
    [check] = [check for check in checks(html) if words in check[2]]
    return check


def test_the_screen_opens_with_the_counts_that_typing_would_give(editor, draft):
    shown = editor.get(change_url(draft)).content.decode()
    [found] = re.findall(r'<script id="page-counts"[^>]*>(.*?)</script>', shown)
    asked = measured(editor, draft)
    assert json.loads(found) == {"page": asked["page"], "blocks": asked["blocks"]}
    assert len(asked["blocks"]) == 3


class TestAsTyped:
    @pytest.mark.parametrize(
        ("body", "severity", "words"),
        [
            ('<p><a href="/x/">click here</a></p>', "error", "Say where the link leads"),
            ('<p>See <a href="/no-such-page/">the other page</a>.</p>', "error", "No page here"),
            ("<p>An addict can heal.</p>", "error", "Say:"),
            ("<p>It helps 70% of people.</p>", "error", "A figure needs its source"),
            ("<p>It takes 3 days.</p>", "warn", "Does this number need a source?"),
            ("<p>Read it [no-such-source].</p>", "error", "No source has the code"),
            ("<p>Dial 911.</p>", "error", "Do not type phone numbers"),
            (
                "<p>Our care is totally safe.</p>",
                "error",
                "Nobody can promise this",
            ),
        ],
    )
    def test_tells_what_to_do_and_leads_to_the_block(self, editor, draft, body, severity, words):
        found = one(measured(editor, draft, **{"text_blocks-1-body": body})["checks"], words)
        assert found[:2] == (severity, "#text_blocks-1")
        assert "Block 2, text “Second”" in found[2]
        assert Text.objects.get(heading="Second").body == "<p>Second words.</p>"

    def test_orders_of_headings_are_checked(self, editor, draft):
        typed = {"text_blocks-0-heading": "", "text_blocks-1-heading": ""}
        found = one(measured(editor, draft, **typed)["checks"], "no level is skipped")
        assert found[:2] == ("error", "#signlist_blocks-0")

    def test_a_picture_without_words_is_told_once(self, editor, draft):
        fields = fields_of(editor.get(change_url(draft)))
        add_block(fields, "picture_blocks", alt="")
        found = one(measured(editor, draft, **fields)["checks"], "what the picture shows")
        assert found[:2] == ("error", "#picture_blocks-0")

    def test_a_required_box_that_is_missing_is_told(self, editor, draft):
        publishing.require_topics(draft, [Callout.SafetyTopic.TOLERANCE])
        assert one(measured(editor, draft)["checks"], "This page needs a box")[:2] == ("error", "")

    def test_a_title_field_is_led_to(self, editor, draft):
        assert one(measured(editor, draft)["checks"], "characters. Use")[1] == "#id_description"
        assert (
            one(measured(editor, draft, heading="")["checks"], "This field is required")[1] == "#id_heading"
        )

    def test_a_field_that_cannot_be_saved_is_told(self, editor, draft):
        Card.objects.create(parent=draft, heading="Go", link="/a/", link_label="To a", ordering=50)
        found = checks(measured(editor, draft, **{"card_blocks-0-heading": "x" * 81})["checks"])
        assert ("error", "#card_blocks-0") in [each[:2] for each in found if "at most 80" in each[2]]

    def test_a_block_just_added_may_be_empty(self, editor, draft):
        fields = fields_of(editor.get(change_url(draft)))
        add_block(fields, "callout_blocks", level="warning", heading="", body="")
        assert "is required" not in measured(editor, draft, **fields)["checks"]

    def test_a_deleted_block_is_not_checked(self, editor, draft):
        typed = {"text_blocks-1-body": "<p>An addict.</p>", "text_blocks-1-DELETE": "on"}
        assert "addict" not in measured(editor, draft, **typed)["checks"]

    def test_the_sum_is_in_words(self, editor, draft):
        assert measured(editor, draft, **{"text_blocks-1-body": "<p>Dial 911.</p>"})["sum"].startswith(
            "1 error"
        )

    def test_typed_html_runs_nothing(self, editor, draft):
        evil = '<img src=x onerror="alert(1)">911 <script>alert(1)</script>'
        shown = measured(editor, draft, **{"text_blocks-1-heading": evil, "text_blocks-1-body": evil})[
            "checks"
        ]
        assert "<img" not in shown
        assert "<script" not in shown
        assert "&lt;img" in shown

    def test_a_page_just_begun_is_not_called_wrong_for_being_empty(self, editor):
        fields = fields_of(editor.get("/admin/content/page/add/"))
        found = editor.post("/admin/content/page/add/measure/", fields).json()
        assert "is empty" not in found["checks"]
        assert "is required" not in found["checks"]

    def test_what_a_page_just_begun_still_needs_is_named(self, editor):
        fields = fields_of(editor.get("/admin/content/page/add/")) | {"heading": "Fentanyl?"}
        found = editor.post("/admin/content/page/add/measure/", fields).json()
        missing = "the first sentence, the description for search engines, the first block."
        assert missing in found["checks"] and "No problems" not in found["checks"]
        assert found["sum"] == "still missing: 3"


class TestAsSaved:
    def test_the_screen_opens_with_what_the_checks_say_of_the_draft(self, editor, draft):
        add_text(draft, "<p>Dial 911.</p>", heading="Third", ordering=25)
        publishing.record(draft)
        shown = editor.get(change_url(draft)).content.decode()
        assert one(shown, "Do not type phone numbers")[:2] == ("error", "#text_blocks-2")
        assert shown.count("1 error, 1 warning") == 2  # over the list, and beside the buttons

    def test_it_says_when_there_is_nothing(self, editor, draft, monkeypatch):
        monkeypatch.setattr(page_checks, "CHECKS", [])
        shown = editor.get(change_url(draft)).content.decode()
        assert "No problems found." in shown

    def test_a_refused_save_is_checked_as_it_was_typed(self, editor, draft):
        fields = fields_of(editor.get(change_url(draft))) | {"heading": "", "text_blocks-1-body": "Dial 911."}
        shown = save(editor, draft, fields).content.decode()
        assert one(shown, "Do not type phone numbers")[1] == "#text_blocks-1"

    def test_a_new_page_has_none_yet(self, editor):
        assert checks(editor.get("/admin/content/page/add/").content.decode()) == []
