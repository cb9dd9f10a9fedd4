"""What saving on the edit screen tells and keeps: the note, and that an untouched page makes no Version."""

import pytest
from django.urls import reverse

from content import page_checks, publishing
from content.models import Page, SignList, Text, Version
from content.publishing import same_text
from tests.support.edit_form import add_block, change_url, fields_of, make_draft, newest, save
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editor(client):
    client.force_login(make_staff("Editor", first_name="Ana", last_name="Diaz"))
    return client


@pytest.fixture
def draft():
    return make_draft()


def told(answer):
    """Return the messages of the page that `answer` leads to."""
    return [str(message) for message in answer.wsgi_request._messages]


class TestNote:
    def test_is_kept_with_the_version_and_shown_in_the_history(self, editor, draft):
        fields = fields_of(editor.get(change_url(draft)))
        assert fields["note"] == ""
        save(editor, draft, fields | {"heading": "Better?", "note": "Clearer <heading>"})
        assert newest(draft).note == "Clearer <heading>"
        history = editor.get(f"{change_url(draft).removesuffix('change/')}history/").content.decode()
        assert "Clearer &lt;heading&gt;" in history
        assert fields_of(editor.get(change_url(draft)))["note"] == ""

    def test_may_be_left_out(self, editor, draft):
        save(editor, draft, fields_of(editor.get(change_url(draft))) | {"heading": "Better?"})
        assert newest(draft).note == ""

    def test_comes_back_when_something_else_is_wrong(self, editor, draft):
        fields = fields_of(editor.get(change_url(draft))) | {"heading": "", "note": "My reason"}
        assert fields_of(save(editor, draft, fields))["note"] == "My reason"

    def test_that_is_too_long_is_told_beside_it(self, editor, draft):
        fields = fields_of(editor.get(change_url(draft))) | {"note": "x" * 201}
        assert "at most 200 characters" in save(editor, draft, fields).content.decode()


class TestNothingChanged:
    def test_records_nothing_and_says_so(self, editor, draft):
        answer = save(editor, draft, fields_of(editor.get(change_url(draft))))
        assert newest(draft).number == 1
        assert told(answer) == ["Nothing has changed since version 1 of “This”."]

    def test_says_that_the_note_is_not_kept(self, editor, draft):
        answer = save(editor, draft, fields_of(editor.get(change_url(draft))) | {"note": "Why?"})
        assert "Your note was not saved" in told(answer)[0]

    def test_a_change_is_told_once_with_its_number(self, editor, draft):
        answer = save(editor, draft, fields_of(editor.get(change_url(draft))) | {"heading": "Better?"})
        assert told(answer) == ["Saved as version 2 of “This”. Visitors see it once it is published."]

    def test_line_ends_of_a_browser_are_no_change(self, editor, draft):
        fields = {name: _as_sent(value) for name, value in fields_of(editor.get(change_url(draft))).items()}
        save(editor, draft, fields)
        assert newest(draft).number == 1
        save(editor, draft, fields | {"signlist_blocks-0-signs": "a\r\nb\r\nc"})
        assert newest(draft).snapshot["blocks"][2]["signs"] == "a\nb\nc"

    def test_a_text_kept_with_other_line_ends_before_is_the_same(self, draft):
        SignList.objects.update(signs="a\r\nb")
        assert publishing.record(draft).number == 1

    def test_the_way_the_editor_writes_its_html_is_no_change(self, editor, draft):
        typed = "<p>One\n two.</p>\n<ul>\n<li><strong>A</strong> b</li>\n</ul>\n<ol><li>First</li></ol>\n"
        written = (
            "<p>One two.</p><ul><li><p><strong>A</strong> b</p></li></ul>"
            '<ol data-type="decimal"><li><p>First</p></li></ol>'
        )
        Text.objects.filter(heading="First").update(body=typed)
        publishing.record(draft)
        fields = fields_of(editor.get(change_url(draft))) | {"text_blocks-0-body": written}
        save(editor, draft, fields)
        assert newest(draft).number == 2


def _as_sent(value):
    return value.replace("\n", "\r\n") if isinstance(value, str) else value


@pytest.mark.once  # what it compares is made in Python
@pytest.mark.parametrize("language", ["en", pytest.param("es", marks=pytest.mark.drill)])
def test_no_starting_page_gets_a_version_when_it_is_saved_untouched(editor, starting_pages, language):
    pages = [page for page in Page.objects.all() if page.language == language]
    assert len(pages) > 5
    for page in pages:
        fields = fields_of(editor.get(change_url(page)))
        save(editor, page, {name: _as_sent(value) for name, value in fields.items()})
    assert Version.objects.filter(number__gt=1).count() == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>10 mg</p>", "<p>100 mg</p>"),
        ("<p>1 0 mg</p>", "<p>10 mg</p>"),
        ("<p>a</p><p>b</p>", "<p>a b</p>"),
        ("<p>a<br>b</p>", "<p>ab</p>"),
        ("<p>a b</p>", "<p>a\u00a0b</p>"),
        ("<p><strong>a</strong> b</p>", "<p><strong>a</strong>b</p>"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a b</p></li></ul>"),
        ("<h3>a</h3>", "<p>a</p>"),
        ('<p><a href="/a/">x</a></p>', '<p><a href="/b/">x</a></p>'),
    ],
)
def test_what_a_reader_could_notice_is_a_change(one, other):
    assert same_text.settled_html(one) != same_text.settled_html(other)


def test_a_draft_is_saved_with_blocks_that_are_not_finished_and_cannot_go_live(editor, draft):
    fields = fields_of(editor.get(change_url(draft)))
    kinds = (
        "signlist",
        "table",
        "steps",
        "callout",
        "question",
        "phrases",
        "keyfigure",
        "card",
        "helplinelist",
    )
    for kind in kinds:
        add_block(fields, f"{kind}_blocks", level="warning", tone="quiet")
    assert save(editor, draft, fields).status_code == 302
    version = newest(draft)
    assert len(version.snapshot["blocks"]) == 3 + len(kinds)
    assert editor.get(reverse("admin:content_page_review_frame", args=[draft.pk])).status_code == 200
    wrong = {each.block for each in page_checks.errors(page_checks.check_version(version))}
    assert wrong >= set(range(3, 3 + len(kinds)))
    restored = publishing.restore(version)
    assert restored.snapshot["blocks"] == version.snapshot["blocks"]
