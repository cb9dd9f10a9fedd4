"""A publisher in a real browser: what needs doing, a picture, the trash, shared facts; axe on each screen."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from content import images, publishing
from content.models import Clinic, Helpline, Page, Picture, Source, StoredImage, Text
from tests.browser.axe import violations
from tests.support import images as pictures
from tests.support.staff import make_staff

pytestmark = pytest.mark.browser


@pytest.fixture
def publisher(visitor, sign_in):
    visitor.set_viewport_size({"width": 1280, "height": 900})
    sign_in(visitor, make_staff("Publisher"))
    return visitor


@pytest.fixture
def beach(site):
    """A page with a picture that is live."""
    words = {
        "heading": "What helps?",
        "title": "Beach",
        "short_name": "Beach",
        "lede": "Calm.",
        "description": "x",
    }
    page = Page.objects.create(path="/beach/", **words)
    Text.objects.create(parent=page, heading="One", body="<p>Words.</p>", ordering=10)
    stored = images.store(pictures.upload(pictures.picture()))
    Picture.objects.create(parent=page, image=stored.digest, alt="A quiet beach", ordering=20)
    publishing.publish(publishing.record(page), change="clinical")
    return page


def admin_url(site, name, *args):
    return site + reverse(f"admin:content_{name}", args=args)


def test_no_screen_of_the_shared_facts_has_a_barrier(page, sign_in, site, beach):  # axe trips the CSP
    sign_in(page, make_staff("Publisher"))
    Clinic.objects.create(license_number="1", license_expires_on=timezone.localdate())
    screens = [
        f"{site}/admin/",
        admin_url(site, "source_changelist"),
        admin_url(site, "source_change", Source.objects.first().pk),
        admin_url(site, "helpline_changelist"),
        admin_url(site, "helpline_add"),
        admin_url(site, "helpline_change", Helpline.objects.first().pk),
        admin_url(site, "clinic_change", 1),
        admin_url(site, "clinician_changelist"),
        admin_url(site, "redirect_add"),
        admin_url(site, "page_trash", beach.pk),
        admin_url(site, "trashedpage_changelist"),
        admin_url(site, "storedimage_changelist"),
        admin_url(site, "storedimage_change", StoredImage.objects.get().pk),
        f"{site}/beach/",
    ]
    for screen in screens:
        page.goto(screen)
        assert violations(page) == [], screen


def test_a_picture_is_refused_with_advice_then_taken_and_shown(publisher, site, beach):
    publisher.goto(admin_url(site, "page_change", beach.pk))
    publisher.wait_for_selector(".move-block")
    choose = publisher.locator("input[type=file]:visible")
    choose.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"})
    save(publisher)
    expect(publisher.locator(".errorlist", has_text="Save the picture as PNG")).to_be_visible()
    photo = pictures.photo_with_secrets()
    publisher.locator("input[type=file]:visible").set_input_files(
        {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    save(publisher)
    shown = publisher.locator(".picture-input img:visible")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalHeight > image.naturalWidth)")


def save(publisher):
    with publisher.expect_navigation():
        publisher.get_by_role("button", name="Save draft", exact=True).click()
    publisher.wait_for_selector(".move-block")


def test_a_page_goes_to_the_bin_and_comes_back_by_keyboard(publisher, site, beach):
    publisher.goto(admin_url(site, "page_change", beach.pk))
    publisher.get_by_role("link", name="Move to trash").press("Enter")
    publisher.get_by_role("button", name="Move to trash").press("Enter")
    expect(publisher.get_by_text("is off the site and in trash")).to_be_visible()
    assert publisher.request.get(f"{site}/beach/").status == 404
    publisher.goto(admin_url(site, "trashedpage_changelist"))
    publisher.get_by_role("button", name="as a draft").press("Enter")
    expect(publisher.locator(".success", has_text="is a draft again")).to_be_visible()
    beach.refresh_from_db()
    assert beach.trashed_at is None
