"""A sign-in ends: after idle time, after a day's work, on sign-out, password change and deactivation."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.support.staff import PASSWORD, give_password, is_signed_in, make_staff
from vtc_site.models import StaffSession

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOGIN, STILL_HERE = "/admin/login/", "/admin/still-here/"
SCRIPT = {"Sec-Fetch-Mode": "cors"}


@pytest.fixture
def user():
    return make_staff("Owner")


@pytest.fixture
def signed_in(client, user):
    give_password(client)
    return client


def turn_back(client, seconds, *clocks):
    """Make the clocks of the session show that `seconds` have passed."""
    session = client.session
    for clock in clocks:
        session[clock] -= seconds
    session.save()


def test_a_sign_in_ends_after_the_idle_time_and_leads_back(signed_in, settings):
    turn_back(signed_in, settings.STAFF_IDLE_SECONDS, "seen_at")
    answer = signed_in.get("/admin/content/page/?p=2")
    assert answer["Location"] == "/admin/login/?next=%2Fadmin%2Fcontent%2Fpage%2F%3Fp%3D2&reason=idle"
    assert "after 30 minutes without activity" in signed_in.get(answer["Location"]).content.decode()
    assert not is_signed_in(signed_in)


def test_what_was_sent_too_late_leads_back_to_its_form(signed_in, settings):
    turn_back(signed_in, settings.STAFF_IDLE_SECONDS, "seen_at")
    form = "http://testserver/admin/intake/submission/3/change/"
    answer = signed_in.post("/admin/intake/submission/3/notes/", headers={"Referer": form})
    assert (
        answer["Location"] == "/admin/login/?next=%2Fadmin%2Fintake%2Fsubmission%2F3%2Fchange%2F&reason=idle"
    )


def test_using_the_admin_keeps_the_sign_in(signed_in, settings):
    for _ in range(3):
        turn_back(signed_in, settings.STAFF_IDLE_SECONDS - 60, "seen_at")
        assert is_signed_in(signed_in)


def test_what_a_page_asks_by_itself_does_not_count_as_being_there(signed_in, settings):
    turn_back(signed_in, settings.STAFF_IDLE_SECONDS - 60, "seen_at")
    signed_in.get("/admin/", headers=SCRIPT)
    assert signed_in.get(STILL_HERE, headers=SCRIPT).json()["seconds"] <= 60


def test_staying_starts_the_idle_time_again(signed_in, settings):
    turn_back(signed_in, settings.STAFF_IDLE_SECONDS - 60, "seen_at")
    left = signed_in.post(STILL_HERE, headers=SCRIPT).json()["seconds"]
    assert settings.STAFF_IDLE_SECONDS - 5 <= left <= settings.STAFF_IDLE_SECONDS


def test_nobody_stays_when_it_is_over(signed_in, settings):
    turn_back(signed_in, settings.STAFF_IDLE_SECONDS, "seen_at")
    assert signed_in.post(STILL_HERE, headers=SCRIPT).json() == {"seconds": 0}
    assert not is_signed_in(signed_in)


def test_staying_needs_the_token_of_a_page(user):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert strict.post(STILL_HERE).status_code == 403


def test_a_form_older_than_the_sign_in_leads_back_to_its_page(user):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    page = "/admin/content/clinic/1/change/"
    answer = strict.post(page, headers={"Referer": f"http://testserver{page}"})
    assert answer.status_code == 403
    assert f'href="{page}"' in answer.content.decode()


def test_a_sign_in_ends_after_twelve_hours_of_work(signed_in):
    turn_back(signed_in, 12 * 3600, "signed_in_at")
    answer = signed_in.get("/admin/")
    assert answer["Location"].endswith("reason=day")
    assert not is_signed_in(signed_in)


def test_staying_does_not_outlast_twelve_hours(signed_in):
    turn_back(signed_in, 12 * 3600 - 100, "signed_in_at")
    assert signed_in.post(STILL_HERE, headers=SCRIPT).json()["seconds"] <= 100


def test_the_clock_is_not_written_with_every_request(signed_in):
    turn_back(signed_in, 5, "seen_at")
    before = signed_in.session["seen_at"]
    assert is_signed_in(signed_in)
    assert signed_in.session["seen_at"] == before


def test_signing_out_leaves_no_session(signed_in):
    signed_in.post("/admin/logout/")
    assert not StaffSession.objects.exists()
    assert not is_signed_in(signed_in)


def test_a_password_change_ends_the_other_sessions(signed_in, user):
    other = Client()
    give_password(other)
    new = "five quiet words by sea"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert signed_in.post("/admin/password_change/", fields).status_code == 302
    assert is_signed_in(signed_in)
    assert not is_signed_in(other)
    assert "_auth_user_id" not in other.session


def test_switching_an_account_off_ends_its_sessions_for_good(signed_in, user):
    ben = make_staff(email="ben@vtc.example")
    theirs = Client()
    give_password(theirs, ben.email)
    fields = {"email": ben.email, "groups": [ben.groups.get().pk]}
    answer = signed_in.post(reverse("admin:auth_user_change", args=[ben.pk]), fields)
    assert answer.status_code == 302
    assert StaffSession.objects.count() == 1
    get_user_model().objects.filter(pk=ben.pk).update(is_active=True)
    assert not is_signed_in(theirs)


def test_an_account_switched_off_elsewhere_is_out_at_once(signed_in, user):
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)
    assert not is_signed_in(signed_in)
    assert "_auth_user_id" not in signed_in.session


@pytest.mark.parametrize("path", ["/admin/", "/admin/jsi18n/", "/admin/auth/user/", LOGIN, STILL_HERE])
def test_no_answer_of_the_admin_is_kept_by_a_cache(signed_in, path):
    assert signed_in.get(path)["Cache-Control"] == "no-store, private"
    signed_in.logout()
    assert signed_in.get(path)["Cache-Control"] == "no-store, private"


def test_the_cookie_ends_with_the_browser_and_is_out_of_reach_for_scripts(signed_in):
    cookie = signed_in.cookies["session"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


def test_public_pages_know_nothing_of_a_sign_in(signed_in, starting_pages, settings):
    turn_back(signed_in, settings.STAFF_IDLE_SECONDS, "seen_at")
    answer = signed_in.get("/withdrawal/")
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
