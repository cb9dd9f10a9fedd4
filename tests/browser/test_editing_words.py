"""What the edit screen says of the words while somebody types or pastes them."""

import re

import pytest
from playwright.sync_api import expect

from content import publishing
from content.models import Page, Text
from tests.browser.editing import block, edit_path, newest, ready, save

pytestmark = pytest.mark.browser


def test_the_counter_follows_what_is_typed(editor, withdrawal):
    asked = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/measure/')).length"
    assert editor.evaluate(asked) == 0  # the screen comes with its counts
    counter = editor.locator("#page-counter-text")
    before = int(counter.inner_text().split()[0])
    editor.get_by_text("What can I do next?").click()
    words = block(editor, re.compile("What can I do next")).locator(".tiptap")
    assert words.get_attribute("aria-label") == "Text"
    words.click()
    editor.keyboard.press("Control+Home")
    editor.keyboard.type("One two three. ")
    expect(counter).to_contain_text(f"{before + 3} words")
    assert "reading grade" in counter.inner_text()
    assert "words" in block(editor, re.compile("What can I do next")).locator(".block-counter").inner_text()


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal { margin: 0 }</style></head>
<body><!--StartFragment--><p class="MsoNormal" style="margin:0"><b style="mso-bidi:x">Drink</b>
<span lang=EN-US style='color:red'>water</span><o:p></o:p></p><h1>Rest</h1><!--EndFragment--></body></html>"""
PASTE = """(field, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_pasting_from_word_leaves_clean_text(editor, withdrawal):
    editor.get_by_text("What can I do next?").click()
    field = block(editor, re.compile("What can I do next")).locator(".tiptap")
    field.click()
    editor.keyboard.press("Control+a")
    field.evaluate(PASTE, WORD)
    save(editor)
    bodies = {block.get("heading"): block.get("body") for block in newest(withdrawal).snapshot["blocks"]}
    assert bodies["What can I do next?"] == "<p><strong>Drink</strong> water</p><h3>Rest</h3>"


STRUCK = "text-decoration: line-through"
TRACKED = {  # what was pasted, and what is left
    "<p>Give <del>2</del><ins>1</ins> dose</p>": "<p>Give 1 dose</p>",
    "<p><strike>Do not</strike> call first</p>": "<p>call first</p>",
    "<p><s>Do <b>not</b></s>Call first</p>": "<p>Call first</p>",
    f"<p>Give <span style='{STRUCK}'>2 <i>or 3</i></span>1 dose</p>": "<p>Give 1 dose</p>",
    "<p>Give <span style='mso-hide:all'>2 </span>1 dose</p>": "<p>Give 1 dose</p>",
}


def test_pasting_a_tracked_change_leaves_the_old_words_out(editor, withdrawal):
    editor.get_by_text("What can I do next?").click()
    field = block(editor, re.compile("What can I do next")).locator(".tiptap")
    for pasted, kept in TRACKED.items():
        field.click()
        editor.keyboard.press("Control+a")
        field.evaluate(PASTE, pasted)
        assert field.evaluate("field => field.innerHTML").replace(' class=""', "") == kept, pasted


def test_a_mistake_is_marked_while_it_is_typed_and_leads_to_its_block(editor, withdrawal):
    found, place = editor.locator("#page-checks-found"), block(editor, re.compile("What can I do next"))
    label = place.locator(".inline_label")
    label.click()
    place.locator(".tiptap").click()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(" Dial 911 now.")
    expect(found).to_contain_text("Do not type phone numbers")
    expect(place.locator("h3 .mark")).to_have_text("1 error")
    expect(place.locator(".block-checks")).to_contain_text("Do not type phone numbers")
    expect(editor.locator(".submit-row .page-checks-sum")).to_contain_text("1 error")
    expect(editor.locator("#page-checks-say")).to_contain_text("Checks: 1 error")  # once the typing rests

    label.click()  # folded again
    expect(place.locator(".tiptap")).to_be_hidden()
    link = found.get_by_role("link", name=re.compile("What can I do next"))
    link.focus()
    editor.keyboard.press("Enter")
    expect(place.locator(".tiptap")).to_be_visible()
    expect(label).to_be_focused()
    expect(label).to_have_accessible_description("1 error")

    place.locator(".tiptap").click()
    editor.keyboard.press("Control+End")
    for _ in " Dial 911 now.":
        editor.keyboard.press("Backspace")
    expect(place.locator("h3 .mark")).to_have_count(0)
    assert newest(withdrawal).number == 1


def test_the_way_from_the_publish_screen_unfolds_the_block(editor, withdrawal, site):
    Text.objects.filter(parent=withdrawal, heading="What eases withdrawal?").update(body="<p>Dial 911.</p>")
    publishing.record(withdrawal)
    editor.goto(f"{site}{edit_path(withdrawal).removesuffix('change/')}publish/")
    with editor.expect_navigation():
        editor.get_by_role("link", name=re.compile("What eases")).click()
    ready(editor)
    expect(block(editor, re.compile("What eases")).locator(".tiptap")).to_be_visible()


def test_a_title_field_in_a_folded_part_is_opened(editor, withdrawal):
    Page.objects.update(description="Too short.")
    publishing.record(withdrawal)
    editor.reload()
    ready(editor)
    editor.locator("#page-checks-found").get_by_role("link", name="The page").click()
    expect(editor.get_by_label("Description")).to_be_focused()


def test_a_save_that_was_refused_takes_the_focus_and_leads_to_the_field(editor, withdrawal):
    editor.locator("#id_heading").fill("")
    place = block(editor, re.compile("What can I do next"))
    place.locator(".inline_label").click()
    place.get_by_label("Section heading").fill("x" * 121)
    save(editor)
    summary = editor.get_by_role("region", name="Not saved yet")
    expect(summary).to_be_focused()
    editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    expect(editor.locator("#id_heading")).to_be_focused()
    summary.get_by_role("link", name="Text, section heading").click()
    expect(block(editor, re.compile("xxx")).locator(".inline_label")).to_be_focused()
    assert newest(withdrawal).number == 1


def test_tab_passes_through_a_list_and_the_level_has_keys_and_buttons_of_its_own(editor, withdrawal):
    field = block(editor, re.compile("What eases withdrawal")).locator(".tiptap")
    editor.get_by_text("What eases withdrawal").first.click()
    sent = "field => field.closest('.prose-editor').querySelector('textarea').value.replace(/<p>|<.p>/g, '')"
    bar = field.locator("xpath=ancestor::*[contains(@class, 'prose-editor')]")
    expect(bar.get_by_role("button", name="Bold")).to_be_visible()
    assert not bar.get_by_role("button", name="Item one level in").count()  # outside of a list
    field.evaluate("field => field.editor.commands.setContent('<ul><li>one</li><li>two</li></ul>')")
    field.get_by_text("two").click()
    before = field.evaluate(sent)
    for key in ("Tab", "Shift+Tab"):
        editor.keyboard.press(key)
        assert field.evaluate("field => field.contains(document.activeElement)") is (key != "Tab")
        assert field.evaluate(sent) == before
    nested = "<ul><li>one<ul><li>two</li></ul></li></ul>"
    editor.keyboard.press("Control+]")
    assert field.evaluate(sent) == nested
    editor.keyboard.press("Control+[")
    assert field.evaluate(sent) == before
    bar.get_by_role("button", name="Item one level in").click()
    assert field.evaluate(sent) == nested
    assert bar.get_by_role("button", name="Item one level in").is_disabled()
