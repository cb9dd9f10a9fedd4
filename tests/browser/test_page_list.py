"""The list of pages and the screens of several pages at once, by mouse, keyboard and on a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from content.models import Page
from content.publishing import locks
from tests.browser.axe import violations
from tests.browser.editing import block, edit_path, ready
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser
LIST = reverse("admin:content_page_changelist")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.drill)])
def test_pages_are_chosen_named_and_left_alone_until_it_is_confirmed(visitor, sign_in, site, width):
    made = Page.objects.create(path="/new/", heading="New", title="New", short_name="New")
    visitor.set_viewport_size({"width": width, "height": 800})
    sign_in(visitor, make_staff("Publisher", "pat@vtc.example"), to=f"{LIST}?state=not-live")
    assert violations(visitor) == []
    visitor.get_by_role("checkbox", name=re.compile("New")).check()
    visitor.get_by_label("Action:").select_option("move_to_trash")
    visitor.get_by_role("button", name="Go", exact=True).click()
    expect(visitor.get_by_role("heading", name="Move to trash: 1 page")).to_be_visible()
    assert violations(visitor) == [] and fits(visitor)
    visitor.get_by_role("button", name="Move to trash", exact=True).focus()
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_text("1 page moved to trash.")).to_be_visible()
    made.refresh_from_db()
    assert made.trashed_at


def test_a_page_is_locked_copied_and_unlocked(visitor, sign_in, withdrawal, site):
    sign_in(visitor, make_staff("Publisher", "pat@vtc.example"), to=edit_path(withdrawal))
    ready(visitor)
    visitor.get_by_role("link", name="Lock this page").click()
    assert violations(visitor) == []
    visitor.get_by_label("Why may only you change it?").fill("New guideline")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_text("Only pat@vtc.example may change").first).to_be_visible()
    ready(visitor)
    assert violations(visitor) == []
    visitor.get_by_role("button", name="Copy this page").click()
    ready(visitor)
    expect(visitor.locator("#id_heading")).to_have_value(re.compile(r"\(copy\)$"))
    visitor.goto(site + edit_path(withdrawal))
    visitor.get_by_role("button", name="Unlock this page").click()
    expect(visitor.get_by_role("link", name="Lock this page")).to_be_visible()
    assert locks.lock_of(withdrawal) is None


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.drill)])
def test_a_save_says_what_came_of_it_where_somebody_is(editor, withdrawal, width):
    editor.set_viewport_size({"width": width, "height": 800})
    editor.get_by_text("What can I do next?").click()
    place = block(editor, re.compile("What can I do next"))
    place.locator(".tiptap").click()
    editor.keyboard.type("Rest. ")
    place.locator(".tiptap").scroll_into_view_if_needed()
    editor.keyboard.press("Control+s")
    said = editor.locator(".submit-row__said")
    expect(said).to_contain_text("Saved as version 2")
    expect(said).to_be_in_viewport()
    ready(editor)
    locks.lock(withdrawal, author=make_staff("Publisher", "pat@vtc.example"), reason="New guideline")
    editor.locator("#id_heading").fill("Another heading")
    editor.mouse.wheel(0, 1500)
    with editor.expect_navigation():
        editor.get_by_role("button", name="Save draft").click()
    expect(editor.get_by_text("Only pat@vtc.example may change").first).to_be_in_viewport()
    expect(editor.get_by_text("Not saved. Read why at the top")).to_be_in_viewport()
    expect(editor.locator("#id_heading")).to_have_value("Another heading")
