"""Staff sign in with a real browser: every screen, twice, and a note that survives the idle sign-out."""

import base64
import re

import pytest

from intake.models import Note
from tests.browser.axe import violations_light_and_dark
from tests.support.messages import stored_message
from tests.support.staff import EMAIL, NEW_PASSWORD, code, make_staff
from vtc_site.models import AuthenticatorApp
from vtc_site.sign_in.passwords import give_one_time_password

pytestmark = pytest.mark.browser
MESSAGES = "/admin/intake/submission/"


@pytest.fixture
def second_factor_required(settings):
    settings.STAFF_SECOND_FACTOR = True
    settings.OTP_TOTP_THROTTLE_FACTOR = 0


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def give_password(page, password):
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


def give_code(page, typed):
    page.get_by_label("6-digit code").fill(typed)
    press(page, "Continue")


def choose_password(page):
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("New password again").fill(NEW_PASSWORD)
    press(page, "Set password")


def set_up_phone(page):
    """Type the key into an app, give its first code, and return the recovery codes that are shown once."""
    assert page.get_by_role("img", name="QR code").bounding_box()["width"] > 200
    letters = page.locator(".sign-in__key").inner_text().replace(" ", "")
    give_code(page, code(base64.b32decode(letters).hex()))
    codes = page.locator(".sign-in__codes code").all_inner_texts()
    press(page, "I saved my codes")
    return codes


def sign_out(page):
    press(page, "Log out")


def test_first_and_second_sign_in_with_a_code(visitor, site, second_factor_required):
    password = give_one_time_password(make_staff())
    visitor.set_viewport_size({"width": 360, "height": 640})
    visitor.goto(site + MESSAGES)

    give_password(visitor, password)
    choose_password(visitor)
    codes = set_up_phone(visitor)
    assert len(codes) == 10
    assert visitor.url == site + MESSAGES

    sign_out(visitor)
    visitor.goto(f"{site}/admin/")
    give_password(visitor, NEW_PASSWORD)
    give_code(visitor, code(AuthenticatorApp.objects.get().key, steps=1))
    assert visitor.url == f"{site}/admin/"

    sign_out(visitor)
    visitor.goto(f"{site}/admin/")
    give_password(visitor, NEW_PASSWORD)
    visitor.get_by_role("link", name="Use a recovery code instead").click()
    visitor.get_by_label("Recovery code").fill(codes[3])
    press(visitor, "Continue")
    assert "have 9 left" in visitor.locator(".messagelist").inner_text()


def screens(page, site):
    """Walk through every sign-in screen and yield its name."""
    yield from screens_of_the_first_sign_in(page, site)
    yield from screens_of_the_signed_in(page, site)
    yield from screens_of_who_forgot(page, site)


def screens_of_the_first_sign_in(page, site):
    page.goto(f"{site}/admin/login/?reason=idle")
    yield "sign in"
    give_password(page, "wrong")
    yield "wrong password"
    give_password(page, give_one_time_password(make_staff("Owner")))
    yield "choose a password"
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("New password again").fill("shorter")
    press(page, "Set password")
    yield "weak password"
    choose_password(page)
    yield "two-factor sign-in"
    letters = page.locator(".sign-in__key").inner_text().replace(" ", "")
    give_code(page, "000000")
    yield "wrong first code"
    give_code(page, code(base64.b32decode(letters).hex()))
    yield "recovery codes"
    press(page, "I saved my codes")


def screens_of_the_signed_in(page, site):
    paths = ["recovery-codes/", "password_change/", "auth/user/", "auth/user/add/"]
    for path in paths:
        page.goto(f"{site}/admin/{path}")
        yield path
    page.get_by_label("Email").fill("ben@vtc.example")
    page.get_by_label("Editor").check()
    press(page, re.compile("^Save$"))
    yield "one-time password"
    sign_out(page)
    yield "signed out"


def screens_of_who_forgot(page, site):
    page.goto(f"{site}/admin/login/")
    give_password(page, NEW_PASSWORD)
    yield "code"
    page.goto(f"{site}/admin/login/?recovery")
    yield "recovery code"
    page.goto(f"{site}/admin/forgotten-password/")
    yield "forgotten password"
    page.get_by_label("Email").fill("nobody@vtc.example")
    press(page, "Send the link")
    yield "link sent"
    page.goto(f"{site}/admin/new-password/")
    yield "link over"


def test_every_screen_is_free_of_axe_violations_and_fits_a_phone(page, site, second_factor_required):
    page.set_viewport_size({"width": 320, "height": 640})
    wrong = {}
    for name in screens(page, site):
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wrong[name] = ["is wider than the screen"]
        if lines := violations_light_and_dark(page):
            wrong[name] = lines
    assert wrong == {}


TYPED = "Canary: she asked for Tuesday."


def type_note(page, sign_in, settings):
    """Sign somebody in for a short time, type a note on a message, and return its field."""
    settings.STAFF_IDLE_SECONDS, settings.STAFF_WARNING_SECONDS = 14, 11
    user, message = make_staff(password=NEW_PASSWORD), stored_message()
    sign_in(page, user, to=f"{MESSAGES}{message.pk}/change/")
    field = page.get_by_label("Add a note")
    field.fill(TYPED)
    return field


@pytest.fixture
def note(visitor, site, sign_in, settings):
    return type_note(visitor, sign_in, settings)


def test_the_warning_comes_before_the_sign_out_and_the_person_can_stay(note, visitor, settings):
    warning = visitor.get_by_role("dialog", name="Are you still there?")
    warning.wait_for(timeout=14_000)
    visitor.get_by_role("button", name="Stay signed in").click()
    warning.wait_for(state="hidden")
    assert note.input_value() == TYPED


def test_a_typed_note_survives_the_idle_sign_out(note, visitor, site, sign_in):
    here = visitor.url
    visitor.wait_for_url(re.compile("/admin/login/"), timeout=25_000)
    assert "You were signed out" in visitor.locator("#content").inner_text()
    assert "Canary" not in visitor.content()
    visitor.get_by_label("Email").fill(EMAIL)
    visitor.get_by_label("Password").fill(NEW_PASSWORD)
    press(visitor, "Sign in")
    assert visitor.url == here
    visitor.get_by_role("button", name="Restore").click()
    assert visitor.get_by_label("Add a note").input_value() == TYPED
    press(visitor, "Add note")
    assert Note.objects.get().text == TYPED
    assert visitor.evaluate("sessionStorage.length") == 0


def test_a_typed_note_is_not_offered_to_somebody_else(note, visitor, site, sign_in):
    ben = make_staff(email="ben@vtc.example", password=NEW_PASSWORD)
    here = visitor.url
    visitor.context.clear_cookies()
    sign_in(visitor, ben, to=here)
    visitor.goto(here)
    assert visitor.get_by_role("button", name="Restore").count() == 0
    assert visitor.evaluate("sessionStorage.length") == 0


def test_a_note_sent_from_a_stale_page_is_offered_again(page, site, sign_in, settings):
    type_note(page, sign_in, settings)
    cookies = [cookie for cookie in page.context.cookies() if cookie["name"] == "session"]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)  # as after a new sign-in in another tab: the page's token is old
    press(page, "Add note")
    with page.expect_navigation():
        page.get_by_role("link", name="Open the page again").click()
    page.get_by_role("button", name="Restore").click()
    assert page.get_by_label("Add a note").input_value() == TYPED and not Note.objects.exists()


def test_signing_out_forgets_what_was_typed(note, visitor):
    press(visitor, "Log out")
    assert visitor.evaluate("sessionStorage.length") == 0
