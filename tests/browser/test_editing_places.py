"""Blocks go to a place and to another page; words are found in all; the page is seen beside the editor."""

import re

import pytest
from playwright.sync_api import expect

from content.models import Page
from tests.browser.axe import violations
from tests.browser.editing import BLOCKS, block, newest, ready, save, titles

pytestmark = pytest.mark.browser
NEXT = "Text: What can I do next?"


def open_places(editor, name=NEXT):
    editor.get_by_role("button", name=f"Move or copy: {name}", exact=True).click()
    return editor.get_by_role("dialog", name=name)


def test_a_block_moves_to_a_place_and_is_copied_to_another_page(editor, withdrawal):
    before = titles(editor)
    dialog = open_places(editor)
    expect(dialog.get_by_label("Move to place")).to_be_focused()
    dialog.get_by_label("Move to place").fill("2")
    expect(dialog.get_by_label("Or choose the place")).to_have_value("2")
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("button", name=f"Move or copy: {NEXT}", exact=True)).to_be_focused()
    at = before.index("What can I do next?")
    assert titles(editor) == [before[0], before[at], *before[1:at], *before[at + 1 :]]

    dialog = open_places(editor)
    faq = Page.objects.get(path="/faq/")
    dialog.get_by_label("Copy to the end of the draft of").select_option(str(faq.pk))
    assert violations(editor) == []
    dialog.get_by_role("button", name="Copy", exact=True).click()
    expect(dialog.get_by_role("status")).to_contain_text("version 2")
    assert newest(faq).snapshot["blocks"][-1]["heading"] == "What can I do next?"
    dialog.get_by_role("button", name="Close").click()
    save(editor)
    assert newest(withdrawal).snapshot["blocks"][1]["heading"] == "What can I do next?"


def test_words_are_found_in_folded_blocks_and_led_to(editor, withdrawal):
    editor.get_by_role("button", name="Find on this page…").click()
    dialog = editor.get_by_role("dialog", name="Find on this page")
    editor.keyboard.type("yawning")
    expect(dialog.get_by_role("status")).to_contain_text("found")
    assert violations(editor) == []
    dialog.get_by_role("button", name=re.compile("The first signs")).first.click()
    field = editor.get_by_label("What you may feel").locator("visible=true")
    expect(field).to_be_focused()
    selected = "({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd)"
    assert field.evaluate(selected) == "yawning"

    text = block(editor, NEXT).locator(".tiptap")
    words = "Make one call"
    assert text.count() == 0  # nobody needed the editor of this block yet
    editor.get_by_role("button", name="Find on this page…").click()
    editor.keyboard.type(words)
    dialog.get_by_role("button", name=re.compile("^Text: What can I do next")).last.click()
    expect(text).to_be_focused()
    assert editor.evaluate("getSelection().toString()") == words
    editor.keyboard.type("Make two calls")
    save(editor)
    assert "<p>Make two calls, or show" in str(newest(withdrawal).snapshot)


IN_FRAME = "document.querySelector('#live-preview iframe').contentDocument"  # nothing may run inside it


def expect_beside(editor, heading):
    """Wait until the page beside has this heading; Playwright's own waiting would run inside the frame."""
    for _ in range(100):
        if editor.evaluate(f"{IN_FRAME}.querySelector('h1')?.textContent.trim()") == heading:
            return
        editor.wait_for_timeout(100)
    raise AssertionError(f"the page beside never had the heading {heading}")


def test_the_page_beside_follows_what_is_typed_and_nothing_is_kept(editor, withdrawal):
    editor.get_by_role("button", name="Show the page beside").click()
    expect_beside(editor, withdrawal.heading)
    assert editor.evaluate(f"{IN_FRAME}.documentElement.clientWidth") in range(340, 361)
    assert editor.evaluate(f"{IN_FRAME}.querySelectorAll('script').length") == 0
    editor.locator("#id_heading").fill("Typed a moment ago?")
    expect_beside(editor, "Typed a moment ago?")
    assert editor.evaluate(f"getComputedStyle({IN_FRAME}.querySelector('h1')).fontFamily") != "serif"
    editor.evaluate(f"{IN_FRAME}.querySelector('main a').click()")
    assert editor.evaluate(f"{IN_FRAME}.location.href") == "about:blank"
    assert violations(editor, "body > *:not(iframe)") == []
    assert newest(withdrawal).number == 1
    saved = editor.evaluate(
        "fetch(location.pathname.replace('change/', 'preview/page/')).then((a) => a.text())"
    )
    assert "Typed a moment ago?" not in saved  # not in the session either


def test_titles_tell_blocks_apart(editor):
    for _ in range(2):
        editor.get_by_role("button", name=f"Duplicate {NEXT}").first.click()
    expect(editor.get_by_role("button", name=re.compile(f"^Duplicate {re.escape(NEXT)} – "))).to_have_count(3)
    editor.get_by_role("button", name=re.compile("^Add a block at the end")).click()
    editor.locator(".plugin-buttons").get_by_text("Helplines", exact=True).click()
    row = editor.locator(BLOCKS).last
    row.get_by_label(re.compile("Poison")).check()
    expect(row.locator(".inline_label")).to_contain_text("Poison")
    assert len(set(titles(editor))) > editor.locator(BLOCKS).count() - 3


def test_save_is_in_reach_on_a_phone(editor, withdrawal):
    editor.set_viewport_size({"width": 390, "height": 844})
    button = editor.get_by_role("button", name="Save draft", exact=True)
    assert editor.evaluate("document.documentElement.scrollHeight") > 3000
    box = button.bounding_box()
    assert box["y"] + box["height"] <= 844
    editor.get_by_label("First sentence").fill("Changed on a phone.")
    save(editor)
    assert newest(withdrawal).snapshot["page"]["lede"] == "Changed on a phone."
    ready(editor)
