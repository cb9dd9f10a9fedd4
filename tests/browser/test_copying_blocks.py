"""A block is duplicated, and one that was removed before it was saved comes back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.editing import BLOCKS, block, newest, save, titles

pytestmark = pytest.mark.browser


def test_a_block_is_duplicated_with_all_its_values(editor, withdrawal):
    before = titles(editor)
    for name in ("Text: What can I do next?", "Timeline stage: The first signs"):
        editor.get_by_role("button", name=f"Duplicate {name}").click()
        expect(editor.get_by_role("button", name=f"Duplicate {name}")).to_have_count(2)
    assert violations(editor) == []
    save(editor)
    blocks = newest(withdrawal).snapshot["blocks"]
    assert len(blocks) == len(before) + 2
    for heading in ("What can I do next?", "The first signs"):
        first, second = [each for each in blocks if each.get("heading") == heading]
        assert first == second
        assert blocks.index(first) + 1 == len(blocks) - 1 - blocks[::-1].index(second)


def test_removing_a_block_that_was_never_saved_can_be_undone(editor, withdrawal):
    editor.get_by_role("button", name=re.compile("^Add a block before Text: What should")).click()
    editor.locator(".plugin-buttons").get_by_text("Text", exact=True).click()
    new = block(editor, "Text: no title yet")
    editor.keyboard.type("My new part")
    made = block(editor, "Text: My new part")
    made.locator(".tiptap").click()
    editor.keyboard.type("Two words.")
    order, count = titles(editor), editor.locator(BLOCKS).count()
    made.get_by_role("button", name="Remove Text: My new part").click()
    expect(editor.locator(BLOCKS)).to_have_count(count - 1)
    undo = editor.get_by_role("button", name="Undo removing Text: My new part")
    expect(undo).to_be_focused()
    assert violations(editor) == []
    undo.press("Enter")
    expect(editor.locator(BLOCKS)).to_have_count(count)
    expect(made.locator(".tiptap")).to_have_text("Two words.")
    assert titles(editor) == order
    save(editor)
    saved = [each for each in newest(withdrawal).snapshot["blocks"] if each.get("heading") == "My new part"]
    assert [each["body"] for each in saved] == ["<p>Two words.</p>"]
    assert new.count() == 0
