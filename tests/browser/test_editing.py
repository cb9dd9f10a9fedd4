"""A newcomer changes a page in the edit screen, by mouse and by keyboard."""

import re

import pytest

from content.models import PreviewLink
from tests.browser.editing import BLOCKS, block, newest, ready, save, titles

pytestmark = pytest.mark.browser
SYMPTOM = "yawning"
MOST_STOPS = 80  # of Tab


def test_a_newcomer_changes_a_symptom_by_mouse_previews_it_and_sends_a_link(editor, withdrawal, browser):
    assert editor.locator(f"{BLOCKS} .form-row:visible").count() == 0  # a long page is folded
    editor.get_by_text("The first signs").click()
    symptoms = block(editor, re.compile("The first signs")).get_by_label("What you may feel")
    assert SYMPTOM in symptoms.input_value().splitlines()
    symptoms.fill(symptoms.input_value().replace(SYMPTOM, "yawning a lot"))
    look_at_the_preview(editor, "yawning a lot")
    assert newest(withdrawal).number == 1  # nothing is saved by looking

    editor.get_by_label("What did you change?").fill("Says how much")
    save(editor, "Save and share a preview")
    assert (newest(withdrawal).number, newest(withdrawal).note) == (2, "Says how much")
    assert "yawning a lot" in stage(withdrawal)["symptoms"]
    read_by_link_until_it_is_closed(editor, browser, "yawning a lot")


def stage(page):
    """Return the first stage of the newest Version of `page`."""
    return next(each for each in newest(page).snapshot["blocks"] if each["kind"] == "timeline_stage")


def look_at_the_preview(editor, words):
    with editor.expect_popup() as popup:
        editor.get_by_role("button", name="Preview", exact=True).click()
    preview = popup.value
    phone, desktop = (preview.frame_locator(f"iframe[title*={kind}]") for kind in ("phone", "desktop"))
    phone.get_by_text(words).first.scroll_into_view_if_needed()
    assert preview.locator("iframe[title*=phone]").evaluate("frame => frame.clientWidth") == 360
    assert desktop.locator("main").evaluate("() => innerWidth") == 1280
    assert phone.get_by_text("Draft.").count()
    preview.close()


def read_by_link_until_it_is_closed(editor, browser, words):
    address = editor.locator(".preview-links__address").input_value()
    reviewer = browser.new_context()
    reading = reviewer.new_page()
    answer = reading.goto(address)
    assert "no-store" in answer.headers["cache-control"]
    assert "noindex" in answer.headers["x-robots-tag"]
    assert reading.get_by_text(words).count()
    assert reviewer.cookies() == []
    copy_by_hand(editor)
    with editor.expect_navigation():
        editor.get_by_role("button", name="Revoke link").click()
    assert reading.goto(address).status == 410
    reviewer.close()
    assert PreviewLink.objects.get().revoked_at


def copy_by_hand(editor):
    """Copy where the browser does not allow it to a page: the address is ready to be copied."""
    editor.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException()) }")
    editor.get_by_role("button", name="Copy", exact=True).click()
    editor.get_by_role("button", name="Selected. Copy it now.").wait_for()
    selected = "({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd)"
    address = editor.locator(".preview-links__address")
    assert address.evaluate(selected) == address.input_value()


FOCUSED = """() => {
  const element = document.activeElement;
  return element.getAttribute("aria-label") || element.value || element.textContent;
}"""


def tab_to(editor, matches, key="Tab"):
    """Press Tab until the focused element has the accessible words `matches`."""
    for _ in range(MOST_STOPS):
        editor.keyboard.press(key)
        words = editor.evaluate(FOCUSED)
        if words and re.search(matches, words.strip()):
            return words
    raise AssertionError(f"Tab never reached {matches}")


def test_the_same_by_keyboard_alone(editor, withdrawal):
    editor.keyboard.press("Home")
    tab_to(editor, r"^Timeline stage: .*The first signs")
    editor.keyboard.press("Enter")
    tab_to(editor, rf"(?s)anxiety.*{SYMPTOM}")
    editor.keyboard.press("Control+End")
    editor.keyboard.type("\nhiccups")

    tab_to(editor, r"^Add a block before Timeline stage: The hardest stage")
    editor.keyboard.press("Enter")
    assert editor.evaluate("document.activeElement.textContent").strip().endswith("Text")
    editor.keyboard.press("Enter")
    editor.keyboard.type("A new heading")
    tab_to(editor, r"^Text$")
    editor.keyboard.type("Some new words.")
    at = titles(editor).index("A new heading")
    assert "The first signs" in titles(editor)[at - 1]

    tab_to(editor, "^Move up: Text: A new heading$", key="Shift+Tab")
    editor.keyboard.press("Enter")
    assert editor.get_by_role("status").filter(has_text=f"is now block {at} of").count()
    assert (
        editor.evaluate("document.activeElement.getAttribute('aria-label')") == "Move up: Text: A new heading"
    )

    with editor.expect_navigation():
        editor.keyboard.press("Control+s")
    ready(editor)
    blocks = newest(withdrawal).snapshot["blocks"]
    headings = [each.get("heading") for each in blocks]
    assert headings[at - 1 : at + 1] == ["A new heading", "The first signs"]
    assert blocks[at - 1]["body"] == "<p>Some new words.</p>"
    assert blocks[at]["symptoms"].splitlines()[-1] == "hiccups"


def test_the_keyboard_meets_the_blocks_in_the_order_that_is_seen(editor):
    seen = editor.evaluate(
        """() => [...document.querySelectorAll(".order-machine > .inline-related:not(.empty-form)")]
                 .map((row) => row.getBoundingClientRect().top)"""
    )
    assert seen == sorted(seen)


def test_blocks_move_by_mouse_and_new_ones_can_be_removed(editor, withdrawal):
    before = titles(editor)
    source, target = editor.get_by_text("The hardest stage"), editor.get_by_text("The first signs")
    source.drag_to(target, target_position={"x": 5, "y": 2})
    moved = titles(editor)
    assert sorted(moved) == sorted(before)
    assert moved != before
    editor.get_by_role("button", name=re.compile("^Add a block before Text: What should")).click()
    editor.locator(".plugin-buttons").get_by_text("Text", exact=True).click()
    editor.get_by_role("button", name="Remove Text").click()
    save(editor)
    assert titles(editor) == moved
    assert len(newest(withdrawal).snapshot["blocks"]) == len(before)
