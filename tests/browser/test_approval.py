"""The stories in which an approval did not hold, each told in a browser to the end that it has now."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from content import publishing
from content.admin import presence
from content.models import Helpline, Page, Steps, Version
from tests.browser.axe import violations
from tests.support.staff import make_clinician, make_staff

pytestmark = pytest.mark.browser


def screen(page, name):
    return f"/admin/content/page/{page.pk}/{name}/"


def press(browser, name):
    with browser.expect_navigation():
        browser.get_by_role("button", name=name).click()


@pytest.fixture
def overdose(site):
    """The overdose page with its side turned into a back."""
    page = Page.objects.get(path="/overdose-help/")
    block = Steps.objects.filter(parent=page, steps__contains="side").first()
    block.steps = block.steps.replace("side", "back")
    block.save()
    publishing.record(page)
    return page


def test_the_side_does_not_become_the_back(page, sign_in, site, overdose):
    sign_in(page, make_staff("Publisher"))
    page.goto(site + screen(overdose, "publish"))
    page.get_by_label("Wording only").check()
    press(page, "Publish version 2")
    expect(page.get_by_role("alert")).to_contain_text("on the emergency page every change counts")
    expect(page.get_by_text("an owner can add clinicians", exact=False)).to_be_visible()
    assert Version.objects.current().get(page=overdose).number == 1


def test_911_does_not_become_912_and_another_number_asks_first(page, sign_in, site):
    sign_in(page, make_staff("Publisher"))
    line = Helpline.objects.get(slug="911")
    page.goto(f"{site}/admin/content/helpline/{line.pk}/change/")
    page.get_by_label("Phone:", exact=True).fill("912")
    press(page, "Save and continue editing")
    expect(page.get_by_text("This line is 911 and cannot get another number.")).to_be_visible()
    line = next(
        each for each in Helpline.objects.filter(is_in_footer=True) if each.slug not in ("911", "988")
    )
    page.goto(f"{site}/admin/content/helpline/{line.pk}/change/")
    page.get_by_label("Phone:", exact=True).fill("1-800-555-0177")
    press(page, "Save and continue editing")
    expect(page.get_by_role("heading", name="live pages")).to_be_visible()
    assert violations(page) == []
    press(page, "Back")
    expect(page.get_by_label("Phone:", exact=True)).to_have_value("1-800-555-0177")
    press(page, "Save and continue editing")
    press(page, "Make it live")
    expect(page.get_by_text("Put the old value back")).to_be_visible()
    line.refresh_from_db()
    assert line.phone == "1-800-555-0177"


def test_what_waits_for_tomorrow_is_asked_about(page, sign_in, site, overdose):
    waiting = overdose.versions.get(number=2)
    publishing.publish(waiting, change="urgent", live_from=timezone.now() + timedelta(days=1))
    block = Steps.objects.filter(parent=overdose, steps__contains="back").first()
    block.steps = block.steps.replace("back", "left side")
    block.save()
    publishing.record(overdose)
    sign_in(page, make_staff("Publisher"))
    page.goto(site + screen(overdose, "publish"))
    page.get_by_label("Urgent safety fix").check()
    page.get_by_label("why it cannot wait").fill("The side is wrong.")
    page.get_by_label("make this live unsigned").check()
    expect(page.get_by_label("Stop it")).to_be_checked()
    press(page, "Publish version 3")
    expect(page.get_by_text("Version 3 is live now.")).to_be_visible()
    assert not publishing.waiting(overdose)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reviewer_reads_the_marked_page_and_signs_below_the_changes(page, sign_in, site, overdose, width):
    page.set_viewport_size({"width": width, "height": 800})
    rita = make_staff("Reviewer")
    make_clinician(rita)
    sign_in(page, rita)
    page.goto(site + screen(overdose, "change"))
    frame = page.frame_locator(".review__page")
    expect(frame.locator("ins", has_text="back").first).to_be_visible()
    expect(frame.locator("del", has_text="side").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.get_by_label("I have read exactly this version and approve it.").check()
    press(page, "Sign off version 2")
    expect(page.get_by_text("Version 2 is signed off.")).to_be_visible()
    assert overdose.versions.get(number=2).reviewer.user == rita


def test_a_sign_off_belongs_to_a_person(page, sign_in, site, overdose):
    publisher, owner = make_staff("Publisher"), make_staff("Owner", "olga@vtc.example")
    rita = make_clinician(name="Rita Roe", credentials="MD")
    publishing.sign_off(overdose.versions.get(number=2), reviewer=rita)
    sign_in(page, publisher)
    assert page.goto(f"{site}/admin/content/clinician/add/").status == 403  # no “…, MD” of one's own
    page.goto(site + screen(overdose, "publish"))
    expect(page.get_by_text("Your account is not a clinician’s, so you cannot sign off.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign off version")).to_have_count(0)

    sign_in(page, owner, to=f"/admin/content/clinician/{rita.pk}/change/")
    expect(page.locator("[name=name], [name=credentials], [name=user]")).to_have_count(0)  # never renamed
    page.get_by_label("May sign off").uncheck()  # but ended
    press(page, "Save and continue editing")
    sign_in(page, rita.user, to=screen(overdose, "review"))
    expect(page.get_by_text("Signed off by Rita Roe, MD")).to_be_visible()
    expect(page.get_by_role("button", name="Sign off version")).to_have_count(0)


def test_a_page_goes_from_hand_to_hand_over_the_start_page(page, sign_in, site, overdose):
    emma, paul = make_staff("Editor", "emma@vtc.example"), make_staff("Publisher", "paul@vtc.example")
    rita = make_staff("Reviewer", "rita@vtc.example")
    make_clinician(rita)
    sign_in(page, emma, to=screen(overdose, "review"))
    press(page, "Ask for a sign-off")

    sign_in(page, rita)
    region(page, "Waiting for your sign-off").get_by_role("link").click()
    page.get_by_label("About").select_option(index=1)
    page.get_by_label("Text").fill("On the side, not the back.")
    press(page, "Add the comment")
    page.get_by_label("What has to change").fill("See my comment.")
    press(page, "Send back with a note")

    presence.arrive(overdose, paul)
    sign_in(page, emma)
    region(page, "Sent back to you").get_by_role("link").click()
    page.goto(site + screen(overdose, "change"))
    for words in (
        "See my comment.",
        "On the side, not the back.",
        "paul@vtc.example has this page open as well",
    ):
        expect(page.locator("#page-editor")).to_contain_text(words)
    block = Steps.objects.filter(parent=overdose, steps__contains="back").first()
    block.steps = block.steps.replace("back", "left side")
    block.save()
    publishing.record(overdose, author=emma)
    page.goto(site + screen(overdose, "review"))
    press(page, "Answered")
    press(page, "Ask for a sign-off")

    sign_in(page, rita)
    region(page, "Waiting for your sign-off").get_by_role("link").click()
    page.get_by_label("I have read exactly this version and approve it.").check()
    press(page, "Sign off version 3")

    sign_in(page, paul)
    region(page, "Signed off, waiting to be published").get_by_role("link").click()
    page.get_by_label("Clinical change").check()
    press(page, "Publish version 3")
    expect(page.get_by_text("Version 3 is live now.")).to_be_visible()
    page.goto(f"{site}/admin/")
    expect(region(page, "Signed off, waiting to be published")).to_have_count(0)


def region(browser, name):
    return browser.get_by_role("region", name=name)


def test_a_comment_outlives_a_sign_off_that_is_refused(page, sign_in, site, overdose):
    rita = make_staff("Reviewer")
    make_clinician(rita)
    sign_in(page, rita, to=screen(overdose, "review"))
    page.get_by_label("Text").fill("Please say how fast.")
    Steps.objects.filter(parent=overdose, steps__contains="back").update(heading="Do this")
    publishing.record(overdose)
    page.get_by_label("I have read exactly this version and approve it.").check()
    press(page, "Sign off version 2")
    expect(page.get_by_role("alert")).to_contain_text("newer")
    page.goto(site + screen(overdose, "review"))
    expect(page.get_by_label("Text")).to_have_value("Please say how fast.")
    press(page, "Add the comment")
    expect(page.get_by_label("Text")).to_have_value("")
    kept = "Object.keys(localStorage).filter((key) => key.includes(':review-')).length"
    assert page.evaluate(kept) == 0
