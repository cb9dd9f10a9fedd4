"""Sources, numbers and links go into a text by search, without a code that somebody knows by heart."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.editing import block, newest, save
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser
BODY = re.compile("What can I do next")


def choose(editor, place, search, choice):
    place.get_by_role("button", name="Insert source, number or link…").click()
    dialog = editor.get_by_role("dialog", name="Insert")
    expect(dialog.get_by_role("status")).to_contain_text("found")
    dialog.get_by_label("Search sources, numbers and pages").fill(search)
    dialog.get_by_role("button", name=choice).first.click()


def test_a_source_a_number_and_a_link_are_found_by_their_words(editor, withdrawal):
    editor.get_by_text("What can I do next?").click()
    place, text = block(editor, BODY), block(editor, BODY).locator(".tiptap")
    text.click()
    editor.keyboard.press("Control+a")
    editor.keyboard.type("Call ")
    choose(editor, place, "suicide", re.compile(r"\{988\}"))
    editor.keyboard.type(" or us at ")
    choose(editor, place, "clinic phone", re.compile(r"\{clinic\}"))
    editor.keyboard.type(" ")
    choose(editor, place, "naloxone", re.compile(r"\[[a-z-]+\]"))
    editor.keyboard.type(" Read ")
    choose(editor, place, "/overdose-help/ link", "Link: /overdose-help/")
    save(editor)
    saved = {each.get("heading"): each.get("body") for each in newest(withdrawal).snapshot["blocks"]}
    body = saved["What can I do next?"]
    assert re.search(
        r"^<p>Call \{988\} or us at \{clinic\} \[[a-z0-9-]+\] Read <a href=\"/overdose-help/", body
    )


def test_the_search_works_by_keyboard_in_a_field_of_lines_and_has_no_axe_violations(editor):
    editor.get_by_text("The first signs").click()
    place = block(editor, re.compile("The first signs"))
    signs = place.get_by_label("What you can do")
    signs.fill("Call ")
    place.get_by_role("button", name="Insert source, number or link…").focus()
    editor.keyboard.press("Enter")
    dialog = editor.get_by_role("dialog", name="Insert")
    expect(dialog.get_by_role("status")).to_contain_text("found")
    assert violations(editor) == []
    assert dialog.get_by_role("button", name=re.compile("Link:")).count() == 0  # lines hold no links
    editor.keyboard.type("{988}")
    expect(dialog.get_by_role("status")).to_contain_text("1 found. Enter inserts: number “")
    editor.keyboard.press("Enter")
    assert signs.input_value() == "Call {988}"
    expect(signs).to_be_focused()


def test_enter_takes_what_fits_best_and_says_before_what_that_is(editor):
    editor.get_by_text("What can I do next?").click()
    block(editor, BODY).get_by_role("button", name="Insert source, number or link…").click()
    dialog = editor.get_by_role("dialog", name="Insert")
    says = dialog.get_by_role("status")
    expect(says).to_contain_text("found")
    editor.keyboard.press("Enter")
    expect(dialog).to_be_visible()  # nothing was searched, so nothing fits
    for words, kind in {
        "988": "number",
        "suicide &": "number",
        "naloxone": "source",
        "cdc": "source",
        "samhsa": "number",  # as the name of a line begins, though sources have it in their codes
        "poison": "number",
    }.items():
        dialog.get_by_label("Search sources, numbers and pages").fill(words)
        expect(says).to_contain_text(f"Enter inserts: {kind}")


def test_arrow_keys_go_through_what_was_found(editor):
    editor.get_by_text("What can I do next?").click()
    place = block(editor, BODY)
    place.get_by_role("button", name="Insert source, number or link…").click()
    dialog = editor.get_by_role("dialog", name="Insert")
    search = dialog.get_by_label("Search sources, numbers and pages")
    search.fill("naloxone")
    expect(dialog.get_by_role("status")).to_contain_text("Enter inserts")
    second = dialog.get_by_role("button").nth(1)
    for key, is_there in [("ArrowDown", False), ("ArrowDown", True), ("ArrowUp", False), ("ArrowDown", True)]:
        editor.keyboard.press(key)
        assert second.evaluate("each => each === document.activeElement") == is_there
    code = second.locator("code").inner_text()
    editor.keyboard.press("Enter")
    expect(place.locator(".tiptap")).to_contain_text(code)


def test_the_lists_show_codes_and_copy_them(visitor, sign_in, site):
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    sign_in(visitor, make_staff("Publisher"), to="/admin/content/helpline/")
    visitor.get_by_role("button", name="Copy {988}", exact=True).click()
    expect(visitor.get_by_text("Copied")).to_be_visible()
    assert visitor.evaluate("navigator.clipboard.readText()") == "{988}"
    assert violations(visitor) == []
    visitor.goto(f"{site}/admin/content/source/")
    assert visitor.get_by_role("button", name=re.compile(r"^Copy \[")).count()
    assert violations(visitor) == []
