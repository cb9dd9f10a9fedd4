"""Nothing typed is lost: after a crash, a sign-out, beside somebody else, on a page that is too long."""

import re

import pytest
from django.contrib.auth import get_user_model

from content import publishing
from content.models import Text, Version
from tests.browser.editing import block, edit_path, newest, ready, save, titles
from tests.support.staff import EMAIL, make_staff

pytestmark = pytest.mark.browser


def test_leaving_with_changes_asks_first(editor, site):
    asked = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor.get_by_label("First sentence").fill("Changed.")
    editor.goto(f"{site}/admin/")
    assert asked == ["beforeunload"]


def test_leaving_without_changes_asks_nothing(editor, site):
    asked = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor.get_by_text("The first signs").click()
    editor.goto(f"{site}/admin/")
    assert asked == []


def kept(editor):
    return editor.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('vtc-draft:')).length")


def test_what_was_typed_comes_back_after_a_crash_and_goes_once_it_is_saved(editor, withdrawal, site):
    editor.get_by_label("First sentence").fill("Typed before the crash.")
    editor.get_by_role("button", name=re.compile("^Add a block at the end")).click()
    editor.locator(".plugin-buttons").get_by_text("Text", exact=True).click()
    block(editor, "Text").last.get_by_label("Section heading").fill("New and unsaved")
    editor.wait_for_timeout(1000)
    after = editor.context.new_page()  # the first tab never says good-bye
    after.set_default_timeout(15_000)
    after.goto(site + edit_path(withdrawal))
    ready(after)
    assert after.get_by_label("First sentence").input_value() != "Typed before the crash."
    with after.expect_navigation():
        after.get_by_role("button", name="Bring it back").click()
    ready(after)
    assert after.get_by_text("It is not saved yet.").count()
    assert after.get_by_label("First sentence").input_value() == "Typed before the crash."
    assert titles(after)[-1] == "New and unsaved"
    assert newest(withdrawal).number == 1
    save(after)
    assert newest(withdrawal).snapshot["blocks"][-1]["heading"] == "New and unsaved"
    assert kept(after) == 0
    after.close()


def test_older_text_is_not_offered_after_a_later_save_of_my_own(editor, withdrawal, site):
    editor.get_by_label("First sentence").fill("Typed at first.")
    editor.wait_for_timeout(1000)
    after = editor.context.new_page()
    after.set_default_timeout(15_000)
    for expected in (1, 0):
        after.goto(site + edit_path(withdrawal))
        ready(after)
        assert after.get_by_role("button", name="Bring it back").count() == expected
        after.get_by_label("First sentence").fill("Typed anew.")
        save(after)
    editor.get_by_label("First sentence").fill("Typed in the first tab once more.")
    editor.wait_for_timeout(1000)
    after.goto(site + edit_path(withdrawal))
    ready(after)
    with after.expect_navigation():
        after.get_by_role("button", name="Bring it back").click()
    assert not after.get_by_text("Please correct the error").count()
    after.close()


def test_what_was_typed_survives_a_sign_out(editor, withdrawal, site, sign_in):
    editor.get_by_label("First sentence").fill("Typed before the sign-out.")
    editor.wait_for_timeout(1000)
    editor.context.clear_cookies(name="session")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Save draft").click()
    assert newest(withdrawal).number == 1
    sign_in(editor, get_user_model().objects.get(email=EMAIL), to=edit_path(withdrawal))
    ready(editor)
    with editor.expect_navigation():
        editor.get_by_role("button", name="Bring it back").click()
    ready(editor)
    assert editor.get_by_label("First sentence").input_value() == "Typed before the sign-out."


def test_the_second_of_two_people_sees_both_texts_and_decides(editor, withdrawal):
    ben = make_staff("Editor", "ben@vtc.example")
    Text.objects.filter(parent=withdrawal, heading="What can I do next?").update(body="<p>From Ben.</p>")
    publishing.record(withdrawal, author=ben)
    editor.get_by_label("First sentence").fill("From Ana.")
    save(editor)
    assert editor.get_by_role("heading", name=re.compile("Not saved")).count()
    assert editor.get_by_text("ben@vtc.example").count()
    assert editor.get_by_text("From Ben").count()
    assert editor.get_by_label("First sentence").input_value() == "From Ana."
    save(editor, "Save mine anyway")
    assert newest(withdrawal).number == 3
    assert newest(withdrawal).snapshot["page"]["lede"] == "From Ana."
    assert "From Ben." in str(Version.objects.get(page=withdrawal, number=2).snapshot)


def test_a_page_that_is_too_long_is_not_sent_and_stays_as_typed(editor, withdrawal):
    editor.get_by_label("First sentence").fill("x" * 512 * 1024)
    editor.get_by_role("button", name="Save draft", exact=True).click()
    assert editor.get_by_role("alert").filter(has_text="Not saved").is_visible()
    assert newest(withdrawal).number == 1
    assert len(editor.get_by_label("First sentence").input_value()) == 512 * 1024
