"""The edit screen and the preview as they look: axe, light and dark, narrow windows."""

import pytest

from content import publishing
from content.models import Text
from tests.browser.axe import violations_light_and_dark
from tests.browser.editing import edit_path, ready, save
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser


def test_the_edit_screen_and_the_preview_have_no_axe_violations(page, sign_in, withdrawal, site):
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, make_staff("Publisher"), to=edit_path(withdrawal))
    ready(page)
    found = violations_light_and_dark(page)
    page.locator(".collapse-items").click()  # everything unfolded
    page.get_by_role("button", name="Add a block at the end").click()
    found += violations_light_and_dark(page)
    page.goto(f"{site}{edit_path(withdrawal).removesuffix('change/')}preview/?version=1")
    found += violations_light_and_dark(page)
    page.goto(f"{site}/admin/content/page/find/")
    page.get_by_label("Find").fill("naloxone")
    page.get_by_role("textbox", name="Replace by").fill("Narcan")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Replace in the drafts of the checked pages").wait_for()
    found += violations_light_and_dark(page)
    page.goto(site + edit_path(withdrawal))
    ready(page)
    Text.objects.filter(parent=withdrawal).update(body="<p>From Ben.</p>")
    publishing.record(withdrawal)
    save(page)
    page.locator(".differences").last.click()
    found += violations_light_and_dark(page)
    assert found == []


def test_the_edit_screen_fits_narrow_windows(editor):
    for is_unfolded in (False, True):
        if is_unfolded:
            editor.locator(".collapse-items").click()
        for width in (320, 360, 768):
            editor.set_viewport_size({"width": width, "height": 800})
            assert editor.evaluate("document.documentElement.scrollWidth") <= width


def test_the_screens_about_the_whole_site_have_no_axe_violations(page, sign_in, site):
    sign_in(page, make_staff("Owner"))
    found = violations_light_and_dark(page)  # the start page, its long list folded
    for name in ("page/dead-links", "page/helpful", "notice/add", "sitesettings"):
        page.goto(f"{site}/admin/content/{name}/")
        found += [f"{name}: {each}" for each in violations_light_and_dark(page)]
    assert found == []


def test_what_is_too_faint_in_the_dark_alone_is_noticed(page):
    faint = "<style>@media (prefers-color-scheme: dark) { p { color: #eee } }</style>"
    page.set_content(f"<html lang=en><title>Faint</title>{faint}<main><h1>A</h1><p>Words</p></main>")
    [found] = violations_light_and_dark(page)
    assert found.startswith("dark: color-contrast")
