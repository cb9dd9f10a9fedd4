"""The publishing screens in a browser: accessible, narrow enough for a phone, and leading to what is wrong.

The whole way of a page is told in test_page_journey.py.
"""

import pytest

from content import publishing
from content.models import Page, Text, TimelineStage
from tests.browser.axe import violations_light_and_dark
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser


@pytest.fixture
def signed_in(page, sign_in):
    """Return the browser page of a publisher; signing in has tests of its own."""
    page.set_default_timeout(15_000)
    sign_in(page, make_staff("Publisher"))
    return page


@pytest.fixture
def withdrawal(site):
    """The withdrawal page with a changed draft: a number, a moved block, a deleted one."""
    page = Page.objects.get(path="/withdrawal/")
    stage = TimelineStage.objects.filter(parent=page).order_by("ordering")[1]
    stage.body = stage.body.replace("day 1 to day 3", "day 1 to day 5")
    stage.save()
    text = Text.objects.filter(parent=page).last()
    text.ordering = 1
    text.save()
    Text.objects.filter(parent=page, heading="Why is it not the same for everyone?").delete()
    publishing.record(page, note="A draft with many changes")
    return page


def screens(page):
    start = f"/admin/content/page/{page.pk}"
    return {
        "publish": f"{start}/publish/",
        "history": f"{start}/history/",
        "compare": f"{start}/compare/?from=1&to=2",
        "withdraw": f"{start}/withdraw/",
        "audit": "/admin/content/auditentry/",
    }


def test_the_screens_are_free_of_axe_violations_in_light_and_dark_and_fit_a_phone(
    signed_in, site, withdrawal
):
    Text.objects.filter(parent=withdrawal).update(body="<p>Call 911.</p>")
    publishing.record(withdrawal)
    found = {}
    signed_in.set_viewport_size({"width": 360, "height": 740})
    for name, address in screens(withdrawal).items():
        signed_in.goto(site + address)
        if lines := violations_light_and_dark(signed_in):
            found[name] = lines
        width = signed_in.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            found[f"{name} width"] = width
    assert found == {}


def test_what_is_wrong_is_told_at_the_top_and_leads_to_the_block(signed_in, site, withdrawal):
    screen = signed_in
    screen.goto(site + screens(withdrawal)["publish"])
    with screen.expect_navigation():
        screen.get_by_role("button", name="Publish version 2").click()
    assert "Choose the kind of change." in screen.get_by_role("alert").inner_text()
    assert screen.evaluate("document.activeElement.className") == "errornote"
    Text.objects.filter(parent=withdrawal, heading="What eases withdrawal?").update(body="<p>Call 911.</p>")
    publishing.record(withdrawal)
    screen.goto(site + screens(withdrawal)["publish"])
    assert screen.get_by_role("button", name="Publish version").count() == 0
    with screen.expect_navigation():
        screen.locator(".finding--error a").click()
    block = screen.locator(f"#{screen.url.partition('#')[2]}")
    assert block.locator("textarea").first.input_value() == "<p>Call 911.</p>"
    block.wait_for()
    assert block.bounding_box()["y"] < screen.viewport_size["height"]
