"""A visitor reads every page, with and without script, and leaves no trace. Looks: test_access.py."""

import pytest

from content import starter

pytestmark = pytest.mark.browser
PATHS = [data["path"] for data in starter.page_files()] + ["/contact/", "/no-such-page/"]


def test_crisis_lines_stand_in_the_first_screen_of_a_phone(visitor, site):
    visitor.set_viewport_size({"width": 360, "height": 640})
    for path in PATHS:
        visitor.goto(site + path)
        for number in ("911", "988"):
            box = visitor.locator(f'a[href="tel:{number}"]:visible').first.bounding_box()
            assert box["y"] + box["height"] < 640, f"{number} on {path}"


def test_a_whole_visit_leaves_no_cookie_and_no_storage(visitor, site):
    for path in PATHS:
        visitor.goto(site + path)
        kept = visitor.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
        assert kept == ["", 0, 0], path
        assert visitor.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert visitor.context.cookies() == []


def test_every_page_reads_without_script(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    try:
        for path in PATHS:
            page.goto(site + path)
            assert page.locator("h1").count() == 1, path
            assert page.locator("main").inner_text().strip(), path
    finally:
        context.close()


def test_the_menu_opens_without_script_on_a_phone(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    try:
        page.goto(site + "/")
        links, menu = page.get_by_role("navigation", name="Main"), page.get_by_text("Menu", exact=True)
        before = menu.bounding_box()
        assert not links.is_visible()
        menu.click()
        assert menu.bounding_box() == before, "the button moves under the finger"
        with page.expect_navigation():
            links.get_by_role("link", name="Withdrawal").click()
        assert page.url == f"{site}/withdrawal/"
    finally:
        context.close()


def test_the_keyboard_reaches_the_content_first(visitor, site):
    visitor.goto(site + "/withdrawal/")
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.textContent") == "Skip to the main content"
    visitor.keyboard.press("Enter")
    assert visitor.url.endswith("#main")
