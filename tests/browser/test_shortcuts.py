"""The keys of the message screen: each does what the list says, and a letter alone does nothing."""

import pytest

from tests.browser.axe import check
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser
DESKTOP, TABLET, PHONE = (
    {"width": wide, "height": high} for wide, high in [(1280, 900), (768, 1024), (360, 740)]
)


def test_shortcuts_need_a_key_beside_the_letter_and_are_listed(visitor, site, sign_in):
    visitor.set_viewport_size(DESKTOP)
    message = stored_message()
    sign_in(visitor, make_staff(), to=f"/admin/intake/submission/{message.pk}/change/")
    visitor.keyboard.press("r")
    assert not visitor.locator("details[open]").count()
    visitor.get_by_text("Keyboard shortcuts").click()
    listed = visitor.locator(".shortcuts dt").all_inner_texts()
    found = visitor.locator("[accesskey]").evaluate_all("all => all.map(each => each.accessKey)")
    assert sorted(letter.lower() for letter in listed) == sorted(found)
    check(visitor)


def press_with_alt(page, letter):
    """Press as a keyboard does; Playwright's own presses send no character with Alt."""
    key = {"type": "keyDown", "modifiers": 1, "key": letter, "text": letter, "unmodifiedText": letter}
    page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", key)


def test_each_shortcut_does_what_the_list_says(visitor, site, sign_in):
    """Letters alone do nothing: a screen reader reads with them, and dictation may say any."""
    visitor.set_viewport_size(DESKTOP)
    message, other = stored_message(message="one"), stored_message(message="two")
    sign_in(visitor, make_staff(), to=f"/admin/intake/submission/{message.pk}/change/")
    before = visitor.content()
    for letter in "nsort":
        visitor.keyboard.press(letter)
    assert visitor.content() == before
    with visitor.expect_navigation():
        press_with_alt(visitor, "s")
    assert visitor.get_by_role("link", name="(818) 555-0100").is_visible()
    for letter, outcome in (("o", "No answer, no voicemail left"), ("r", "Reached the person")):
        press_with_alt(visitor, letter)
        assert visitor.locator(".log details[open] summary").inner_text() == outcome
    press_with_alt(visitor, "t")
    assert visitor.evaluate("document.activeElement.name") == "text"
    with visitor.expect_navigation():
        press_with_alt(visitor, "n")
    assert visitor.get_by_role("heading", name=f"Message {other.spoken_reference}").is_visible()
