"""The screen that finds words in all pages, replaces them in drafts and takes that back; a block copied."""

import pytest

from content import publishing
from content.models import Version
from content.publishing import locks
from tests.support.edit_form import change_url, fields_of, make_draft, newest
from tests.support.pages import add_text, make_page, publish_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIND = "/admin/content/page/find/"


@pytest.fixture
def editor(client):
    client.force_login(make_staff("Editor"))
    return client


@pytest.fixture
def two_pages():
    pages = [make_page(f"/{name}/", short_name=name) for name in ("one", "two")]
    for page in pages:
        add_text(page, f"<p>Junk on page {page}.</p>", heading=f"Part of {page}")
        publish_page(page)
    return pages


def send(client, fields):
    """Send the form; whatever comes, it stands at an address that can be opened again."""
    answer = client.post(FIND, fields, follow=True)
    if answer.redirect_chain:
        again = client.get(answer.redirect_chain[-1][0])
        assert again.context["form"].data == answer.context["form"].data
    return answer


def shown(answer):
    return " ".join(answer.content.decode().split())


def test_every_place_is_shown_before_anything_is_replaced(editor, two_pages):
    answer = send(editor, {"words": "junk on", "replacement": "heroin on", "is_whole": "on"})
    assert "2 places on 2 pages" in shown(answer)
    assert "Block 1, text “Part of one”" in shown(answer)
    assert f'href="{change_url(two_pages[0])}#text_blocks-0"' in shown(answer)
    assert "<del>Junk on</del> <ins>Heroin on</ins> page one." in shown(answer)
    assert Version.objects.count() == 2


def test_it_is_replaced_on_the_checked_pages_alone_and_undone(editor, two_pages):
    one, two = (newest(page) for page in two_pages)
    fields = {
        "words": "Junk",
        "replacement": "Heroin",
        "is_whole": "on",
        "_replace": "1",
        "versions": [one.pk],
    }
    answer = send(editor, fields)
    assert "Replaced in 1 draft" in shown(answer)
    made = newest(two_pages[0])
    assert (made.number, made.live_from, made.note) == (2, None, "“Junk” replaced by “Heroin”")
    assert newest(two_pages[1]) == two
    assert "“one” was saved in the meantime, so it stays as it is" in shown(send(editor, fields))
    assert "the draft is as it was" in shown(send(editor, {"_undo": "1", "versions": [made.pk]}))
    assert newest(two_pages[0]).snapshot == one.snapshot


def test_what_was_replaced_has_an_address_that_still_offers_undo_until_it_is_too_late(editor, two_pages):
    keys = [newest(page).pk for page in two_pages]
    fields = {"words": "Junk", "replacement": "Heroin", "_replace": "1", "versions": keys}
    answer = editor.post(FIND, fields)
    result = answer["Location"]
    assert answer.status_code == 302 and "Junk" not in result and "Heroin" not in result
    assert "Replaced in 2 drafts" in shown(editor.get(result))
    add_text(two_pages[0], "<p>More.</p>", ordering=30)
    publishing.record(two_pages[0])
    later = shown(editor.get(result))
    assert "Replaced in 1 draft" in later and "saved or published since then" in later
    send(editor, {"_undo": "1", "versions": [newest(two_pages[1]).pk]})
    assert "Undo:" not in shown(editor.get(result))
    editor.force_login(make_staff("Editor", "bo@vtc.example"))
    assert "Undo:" not in shown(editor.get(result))
    assert editor.get(f"{FIND}?done=x.{'9' * 40}.&found").status_code == 200


def test_the_last_replacement_can_be_undone_later_and_then_nothing_is_a_newer_draft(editor, two_pages):
    keys = [newest(page).pk for page in two_pages]
    send(editor, {"words": "Junk", "replacement": "Heroin", "_replace": "1", "versions": keys})
    later = shown(editor.get(FIND))
    assert "Replaced in 2 drafts" in later and "“Junk” replaced by “Heroin”, on" in later
    send(editor, {"_undo": "1", "versions": [newest(page).pk for page in two_pages]})
    assert "Undo:" not in shown(editor.get(FIND))
    assert publishing.newer_drafts() == []
    assert "There is no newer draft. Version 3, saved last, says the same." in shown(
        editor.get(change_url(two_pages[0]))
    )


def test_a_locked_page_is_named_as_it_is_now(editor, two_pages):
    locks.lock(two_pages[0], author=make_staff("Publisher", "bo@vtc.example"), reason="New guideline")
    fields = {"words": "one", "replacement": "three", "_replace": "1", "versions": [newest(two_pages[0]).pk]}
    assert "Only bo@vtc.example may change “one”" in shown(send(editor, fields))


def test_what_was_found_has_an_address_without_the_words(editor, two_pages):
    answer = editor.post(FIND, {"words": "junk"})
    assert (answer.status_code, answer["Location"]) == (302, f"{FIND}?found=")
    assert "2 places on 2 pages" in shown(editor.get(answer["Location"]))


@pytest.mark.parametrize("typed", ["don't wait", "don’t wait", "don\u200b’t  wait\ufeff", "DON'T\u00a0WAIT"])
def test_words_are_found_whatever_apostrophe_or_mark_was_typed(editor, typed):
    page = make_page()
    add_text(page, "<p>Please don’t wait.</p>")
    publish_page(page)
    assert "1 place on 1 page" in shown(send(editor, {"words": typed, "is_whole": "on"}))


def test_undo_names_the_page_that_was_changed_since(editor, two_pages):
    made = newest(two_pages[0])
    add_text(two_pages[0], "<p>More.</p>", ordering=30)
    publishing.record(two_pages[0])
    answer = shown(send(editor, {"_undo": "1", "versions": [made.pk]}))
    assert "“one” was saved since then, so it stays as it is." in answer and "Undone" not in answer


def test_words_are_deleted_once_that_is_confirmed(editor, two_pages):
    fields = {"words": "Junk", "deletes": "on", "_replace": "1", "versions": [newest(two_pages[0]).pk]}
    answer = shown(send(editor, fields))
    assert "Nothing is deleted yet" in answer and "<del>Junk</del> on page one." in answer
    assert Version.objects.count() == 2
    assert "Replaced in 1 draft" in shown(send(editor, fields | {"is_sure": "on"}))
    assert newest(two_pages[0]).snapshot["blocks"][0]["body"] == "<p>on page one.</p>"
    assert newest(two_pages[0]).note == "“Junk” deleted"
    assert "Leave this empty" in shown(send(editor, fields | {"replacement": "heroin"}))


def test_names_and_addresses_are_not_searched(editor, two_pages):
    assert "0 places" in shown(send(editor, {"words": "text_blocks"}))
    assert "0 places" in shown(send(editor, {"words": "/one/"}))


def copy(client, page, target, block, **changes):
    fields = fields_of(client.get(change_url(page))) | {"block": block, "to": target.pk} | changes
    return client.post(f"{change_url(page).removesuffix('change/')}copy-block/", fields)


def test_a_block_goes_to_the_end_of_another_draft_as_it_stands_in_the_form(editor):
    page, target = make_draft(), make_page("/other/", short_name="Other")
    add_text(target, heading="There before", ordering=500)
    publish_page(target)
    answer = copy(editor, page, target, "text_blocks-1", **{"text_blocks-1-heading": "Typed, not saved"})
    assert answer.json()["text"] == "Copied to the end of the draft of “Other”, version 2."
    headings = [block["heading"] for block in newest(target).snapshot["blocks"]]
    assert headings == ["There before", "Typed, not saved"]
    assert newest(target).live_from is None
    assert newest(page).number == 1


def test_a_block_that_is_not_finished_is_copied_as_a_draft_keeps_it(editor):
    page, target = make_draft(), make_page("/other/")
    publishing.record(target)
    answer = copy(editor, page, target, "signlist_blocks-0", **{"signlist_blocks-0-signs": ""})
    assert (answer.status_code, newest(target).number) == (200, 2)
