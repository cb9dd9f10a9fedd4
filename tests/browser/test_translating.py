"""The edit screen of a translation: the words of the original stand beside each field."""

import pytest
from playwright.sync_api import expect

from content.models import Page
from tests.browser.editing import edit_path, ready

pytestmark = pytest.mark.browser


def test_the_words_of_the_original_stand_beside_each_field(editor, site):
    page = Page.objects.get(path="/es/abstinencia/")
    editor.goto(site + edit_path(page))
    ready(editor)
    heading = editor.locator(".field-heading:has(#id_heading) .original")
    expect(heading).to_have_text(Page.objects.get(path="/withdrawal/").heading)
    expect(heading).to_have_attribute("lang", "en")
    assert editor.locator(".original").count() > 30
    expect(editor.locator("#page-counter-text")).to_contain_text("INFLESZ")
