"""What keeps an editor in the flow: back after a save, no dead stops, a picture seen at once."""

import re

import pytest
from playwright.sync_api import expect

from content.models import StoredImage
from tests.browser.editing import BLOCKS, block, newest, ready, save
from tests.support import images as pictures

pytestmark = pytest.mark.browser
NEXT = re.compile("What can I do next")
FOLD = "Address, menu and search engines"


def test_ctrl_s_comes_back_to_the_word_and_leaves_open_what_was_open(editor, withdrawal):
    editor.get_by_text(FOLD).click()
    editor.get_by_text("What can I do next?").click()
    words = block(editor, NEXT).locator(".tiptap")
    words.click()
    editor.keyboard.press("Control+Home")
    editor.keyboard.type("One ")
    with editor.expect_navigation():
        editor.keyboard.press("Control+s")
    ready(editor)
    expect(block(editor, NEXT).locator(".tiptap")).to_be_focused()
    editor.keyboard.type("two ")
    expect(block(editor, NEXT).locator(".tiptap")).to_contain_text("One two ")
    assert editor.get_by_label("Description").is_visible()
    assert newest(withdrawal).number == 2


# The form is sent, yet only when somebody calls letGo().
HOLD = """() => window.addEventListener("submit", (event) => {
  event.preventDefault();
  window.letGo = () => {
    event.target.insertAdjacentHTML("beforeend", '<input type="hidden" name="_continue" value="1">');
    event.target.submit();
  };
})"""


def test_what_is_typed_while_the_page_is_saved_goes_in_afterward(editor, withdrawal):
    editor.get_by_text("What can I do next?").click()
    words = block(editor, NEXT).locator(".tiptap")
    words.click()
    editor.keyboard.press("Control+Home")
    editor.keyboard.type("One ")
    _save_and_type(editor, "two thrx")
    editor.keyboard.press("Backspace")
    editor.keyboard.type("ee ")
    _let_go(editor)
    expect(block(editor, NEXT).locator(".tiptap")).to_contain_text("One two three ")
    assert "two three" not in str(newest(withdrawal).snapshot)
    editor.keyboard.type("four ")
    expect(block(editor, NEXT).locator(".tiptap")).to_contain_text("One two three four ")
    lede = editor.get_by_label("First sentence")
    lede.fill("Five.")
    _save_and_type(editor, " Six.")
    _let_go(editor)
    expect(lede).to_have_value("Five. Six.")


def _save_and_type(editor, words):
    editor.evaluate(HOLD)
    editor.keyboard.press("Control+s")
    editor.keyboard.type(words)


def _let_go(editor):
    with editor.expect_navigation():
        editor.evaluate("window.letGo()")
    ready(editor)


SLOW = {"offline": False, "latency": 150, "downloadThroughput": -1, "uploadThroughput": -1}
WORDS = "jumps over the lazy dog and on it goes, word by word"


def test_no_letter_is_lost_while_a_slow_page_comes_back(editor):
    devtools = editor.context.new_cdp_session(editor)
    editor.get_by_text("What can I do next?").click()
    rich, plain = block(editor, NEXT).locator(".tiptap"), editor.get_by_label("First sentence")
    rich.click()
    editor.keyboard.press("Control+End")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", SLOW)
    for field in (rich, plain):
        field.press("Control+End")
        editor.keyboard.type(" The fox ")
        with editor.expect_navigation(wait_until="commit"):  # no page hears a key go down at that moment
            editor.keyboard.press("Control+s")
        editor.locator("head > link").first.wait_for(state="attached")  # after the first script
        editor.keyboard.type(WORDS, delay=40)
        ready(editor)
        expect(field).to_be_focused()
        said = re.compile(f"The fox {WORDS}")
        expect(field).to_contain_text(said) if field is rich else expect(field).to_have_value(said)


# A key went down while no page was there, and comes up on the new one.
KEY_UP = """() => document.dispatchEvent(
  new KeyboardEvent("keyup", { key: "Z", code: "KeyZ", bubbles: true }))"""


def test_a_key_that_went_down_between_two_pages_is_typed_when_it_comes_up(editor):
    held, lede = [], editor.get_by_label("First sentence")
    lede.fill("Jump")
    editor.route("**/come-back.*js", lambda route: held.append(route))
    with editor.expect_request("**/come-back.*js"):
        editor.keyboard.press("Control+s")
    editor.wait_for_function("() => window.keysMeanwhile?.isBack")
    editor.evaluate(KEY_UP)
    held.pop().continue_()
    ready(editor)
    expect(lede).to_have_value("JumpZ")


def test_what_is_typed_while_a_save_is_refused_stands_in_its_field(editor):
    editor.locator("#id_heading").fill("")
    lede = editor.get_by_label("First sentence")
    lede.fill("Five ")
    _save_and_type(editor, "six.")
    _let_go(editor)
    expect(editor.locator("#save-problems")).to_be_focused()
    expect(lede).to_have_value("Five six.")


def test_what_is_typed_while_a_save_meets_an_ended_session_is_kept(editor):
    editor.get_by_label("First sentence").fill("Five ")
    editor.context.clear_cookies(name="session")
    _save_and_type(editor, "six.")
    with editor.expect_navigation():
        editor.evaluate("window.letGo()")
    assert "Five six." in editor.evaluate("JSON.stringify(localStorage)")


def test_a_space_before_a_save_is_there_again_and_is_no_change(editor):
    editor.get_by_text("What can I do next?").click()
    for name in ("First sentence", NEXT):
        is_rich = name is NEXT
        field = block(editor, name).locator(".tiptap") if is_rich else editor.get_by_label(name)
        field.press("Control+End")
        editor.keyboard.type(" The fox ")
        with editor.expect_navigation():
            editor.keyboard.press("Control+s")
        ready(editor)
        expect(field).to_be_focused()
        assert editor.evaluate("dispatchEvent(new Event('beforeunload', { cancelable: true }))")
        editor.keyboard.type("jumps")
        assert "The fox jumps" in (field.inner_text() if is_rich else field.input_value())


def test_nothing_can_be_typed_nor_saved_again_while_the_page_is_saved(editor):
    editor.get_by_text("What can I do next?").click()
    block(editor, NEXT).locator(".tiptap").click()
    editor.evaluate(
        """() => (window.saves = [], window.addEventListener("submit", (event) => {
                 window.saves.push(!event.defaultPrevented);
                 event.preventDefault(); // the answer does not come
               }))"""
    )
    editor.keyboard.press("Control+s")
    editor.keyboard.type("lost ")
    editor.keyboard.press("Control+s")
    assert editor.evaluate("window.saves") == [True, False]
    assert editor.locator(".submit-row__said").all_inner_texts() == ["Saving…"]
    assert "lost" not in block(editor, NEXT).locator(".tiptap").inner_text()


def test_tab_passes_over_dead_buttons_and_never_leads_up(editor):
    editor.get_by_text("What can I do next?").click()
    here = block(editor, NEXT)
    here.get_by_label("Section heading").focus()
    stops, name = [], "document.activeElement.ariaLabel || document.activeElement.textContent"
    for _ in range(12):
        editor.keyboard.press("Tab")
        stops.append(editor.evaluate(name))
        if stops[-1].startswith("Add a block"):
            break
    assert "undo" not in stops and "insert link" not in stops and "bold" in stops
    label = "(row) => row.nextElementSibling.querySelector('.inline_label')?.ariaLabel || 'end'"
    after = here.evaluate(label)
    assert stops[-2].startswith("Insert source") and after in stops[-1]


def choose_a_picture(editor):
    editor.get_by_role("button", name="Add a block at the end").click()
    editor.locator(".plugin-buttons").get_by_text("Image", exact=True).click()
    row = editor.locator(BLOCKS).last
    file = {"name": "hill.jpg", "mimeType": "image/jpeg", "buffer": pictures.picture((800, 400))}
    row.locator("input[type=file]").set_input_files(file)
    return row


def test_a_chosen_picture_counts_and_is_seen_and_focused_before_it_is_saved(editor, withdrawal):
    row = choose_a_picture(editor)
    picture = row.locator(".picture-stage img")
    expect(picture).to_be_visible()
    row.get_by_label("What the picture shows").fill("A hill in the morning")
    picture.click(position={"x": 10, "y": 10})
    expect(editor.locator("#page-checks-found")).not_to_contain_text("“Picture” shows a reader nothing")
    assert newest(withdrawal).number == 1
    save(editor)
    saved = newest(withdrawal).snapshot["blocks"][-1]
    assert saved["image"] == StoredImage.objects.get().pk
    assert saved["focus_x"] < 20 and saved["focus_y"] < 20


def test_what_is_no_picture_is_refused_at_once_in_words(editor):
    row = choose_a_picture(editor)
    expect(row.locator(".picture-stage img")).to_be_visible()
    bad = {"name": "a.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"}
    row.locator("input[type=file]").set_input_files(bad)
    expect(row.locator(".picture-said")).not_to_have_text(re.compile("^$|Uploading"))
    assert row.locator(".picture-stage img").is_visible()  # the good one stays


def test_a_block_that_goes_has_no_number_as_in_the_checks(editor):
    rows = editor.locator(BLOCKS)
    number = "(row) => getComputedStyle(row.querySelector('h3'), '::before').content"
    rows.nth(0).get_by_role("checkbox", name=re.compile("^Delete")).first.check()
    assert rows.nth(0).evaluate(number) == '"–"'
