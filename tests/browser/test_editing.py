"""A newcomer changes a page in the edit screen: by mouse, by keyboard, after a crash, beside others."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from playwright.sync_api import expect

from content import publishing
from content.models import Page, PreviewLink, Text, Version
from tests.browser.axe import violations

pytestmark = pytest.mark.browser
SYMPTOM = "yawning"
BLOCKS = ".order-machine > .inline-related:not(.empty-form)"


def page_at(path):
    return Page.objects.get(path=path)


def edit_path(page):
    return reverse("admin:content_page_change", args=[page.pk])


def newest(page):
    return Version.objects.filter(page=page).order_by("-number").first()


def save(editor, name="Save draft"):
    with editor.expect_navigation():
        editor.get_by_role("button", name=name, exact=True).click()
    ready(editor)


def ready(editor):
    """Wait until the blocks, the rich text and the counter are there."""
    editor.wait_for_selector(".move-block")
    editor.wait_for_selector("#page-counter-text:not(:empty)", state="attached")


def block(editor, words):
    return editor.locator(BLOCKS, has=editor.get_by_role("button", name=words))


def titles(editor):
    return editor.locator(f"{BLOCKS} .inline_label").all_inner_texts()


@pytest.fixture
def withdrawal(site):
    return page_at("/withdrawal/")


@pytest.fixture
def editor(visitor, make_staff, sign_in, withdrawal):
    """Ana on the edit screen of the withdrawal page."""
    visitor.set_viewport_size({"width": 1280, "height": 900})
    sign_in(visitor, *make_staff("Editor"), to=edit_path(withdrawal))
    ready(visitor)
    return visitor


def test_a_newcomer_changes_a_symptom_by_mouse_previews_it_and_sends_a_link(
    editor, withdrawal, site, browser
):
    assert editor.locator(f"{BLOCKS} .form-row:visible").count() == 0  # a long page is folded
    editor.get_by_text("The first signs").click()
    symptoms = block(editor, re.compile("The first signs")).get_by_label("Symptoms")
    assert SYMPTOM in symptoms.input_value().splitlines()
    symptoms.fill(symptoms.input_value().replace(SYMPTOM, "yawning a lot"))

    with editor.expect_popup() as popup:
        editor.get_by_role("button", name="Preview", exact=True).click()
    preview = popup.value
    phone = preview.frame_locator("iframe[title*=phone]")
    phone.get_by_text("yawning a lot").first.scroll_into_view_if_needed()
    assert preview.locator("iframe[title*=phone]").evaluate("frame => frame.clientWidth") == 360
    assert (
        preview.frame_locator("iframe[title*=desktop]").locator("main").evaluate("() => innerWidth") == 1280
    )
    assert phone.get_by_text("Draft.").count()
    assert newest(withdrawal).number == 1  # nothing is saved by looking
    preview.close()

    save(editor, "Save and share a preview")
    address = editor.locator(".preview-links__address").input_value()
    assert newest(withdrawal).number == 2
    assert "yawning a lot" in newest(withdrawal).snapshot["blocks"][4]["symptoms"]

    reviewer = browser.new_context()
    reading = reviewer.new_page()
    answer = reading.goto(address)
    assert "no-store" in answer.headers["cache-control"]
    assert "noindex" in answer.headers["x-robots-tag"]
    assert reading.get_by_text("yawning a lot").count()
    assert reviewer.cookies() == []
    with editor.expect_navigation():
        editor.get_by_role("button", name="Close this link").click()
    assert reading.goto(address).status == 410
    reviewer.close()
    assert PreviewLink.objects.get().revoked_at


FOCUSED = """() => {
  const element = document.activeElement;
  return element.getAttribute("aria-label") || element.value || element.textContent;
}"""


def tab_to(editor, matches, most=80):
    """Press Tab until the focused element has the accessible words `matches`."""
    for _ in range(most):
        editor.keyboard.press("Tab")
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

    tab_to(editor, r"^Add a block before Timeline stage: Day 1 to 4")
    editor.keyboard.press("Enter")
    assert editor.evaluate("document.activeElement.textContent").strip().endswith("Text")
    editor.keyboard.press("Enter")
    editor.keyboard.type("A new heading")
    tab_to(editor, r"^Text$")
    editor.keyboard.type("Some new words.")
    assert titles(editor)[4:7][1] == "A new heading"

    for _ in range(20):
        editor.keyboard.press("Shift+Tab")
        if editor.evaluate("document.activeElement.getAttribute('aria-label')") == "Move up":
            break
    editor.keyboard.press("Enter")
    assert editor.get_by_role("status").filter(has_text="is now block 5 of").count()
    assert editor.evaluate("document.activeElement.getAttribute('aria-label')") == "Move up"

    with editor.expect_navigation():
        editor.keyboard.press("Control+s")
    ready(editor)
    blocks = newest(withdrawal).snapshot["blocks"]
    assert [each.get("heading") for each in blocks][4:6] == ["A new heading", "The first signs"]
    assert blocks[4]["body"] == "<p>Some new words.</p>"
    assert blocks[5]["symptoms"].splitlines()[-1] == "hiccups"


def test_the_keyboard_meets_the_blocks_in_the_order_that_is_seen(editor):
    seen = editor.evaluate(
        """() => [...document.querySelectorAll(".order-machine > .inline-related:not(.empty-form)")]
                 .map((row) => row.getBoundingClientRect().top)"""
    )
    assert seen == sorted(seen)


def test_blocks_move_by_mouse_and_new_ones_can_be_removed(editor, withdrawal):
    before = titles(editor)
    source, target = editor.get_by_text("The hardest days"), editor.get_by_text("The first signs")
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


def test_the_counter_follows_what_is_typed(editor, withdrawal):
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
    assert bodies["What can I do next?"] == "<p><strong>Drink</strong> water</p><p>Rest</p>"


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


def test_what_was_typed_survives_a_sign_out(editor, withdrawal, site, sign_in):
    editor.get_by_label("First sentence").fill("Typed before the sign-out.")
    editor.wait_for_timeout(1000)
    editor.context.clear_cookies(name="session")
    with editor.expect_navigation():
        editor.get_by_role("button", name="Save draft").click()
    assert newest(withdrawal).number == 1
    sign_in(editor, "ana@vtc.example", "a-long-password-1", to=edit_path(withdrawal))
    ready(editor)
    with editor.expect_navigation():
        editor.get_by_role("button", name="Bring it back").click()
    ready(editor)
    assert editor.get_by_label("First sentence").input_value() == "Typed before the sign-out."


def test_the_second_of_two_people_sees_both_texts_and_decides(editor, withdrawal, make_staff):
    make_staff("Editor", "ben@vtc.example")
    ben = get_user_model().objects.get(username="ben@vtc.example")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edit_screen_and_the_preview_have_no_axe_violations(
    page, make_staff, sign_in, withdrawal, site, scheme
):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, *make_staff("Publisher"), to=edit_path(withdrawal))
    ready(page)
    found = violations(page)
    page.locator(".collapse-items").click()  # everything unfolded
    page.get_by_role("button", name="Add a block at the end").click()
    found += violations(page)
    page.goto(f"{site}{edit_path(withdrawal).removesuffix('change/')}preview/?version=1")
    found += violations(page)
    page.goto(site + edit_path(withdrawal))
    ready(page)
    Text.objects.filter(parent=withdrawal).update(body="<p>From Ben.</p>")
    publishing.record(withdrawal)
    save(page)
    page.locator(".differences").last.click()
    found += violations(page)
    assert found == []


@pytest.mark.parametrize("width", [320, 360, 768])
def test_the_edit_screen_fits_narrow_windows(editor, width):
    editor.set_viewport_size({"width": width, "height": 800})
    assert editor.evaluate("document.documentElement.scrollWidth") <= width
    editor.locator(".collapse-items").click()
    assert editor.evaluate("document.documentElement.scrollWidth") <= width
