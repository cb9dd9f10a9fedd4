"""Guessing from many networks meets a ceiling for the account; its owner's own browser is never shut out."""

import pytest

from intake.models import DailyCount
from tests.support.staff import EMAIL, NEW_PASSWORD, give_password, make_staff
from vtc_site.sign_in import password_reset, throttling

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CEILING = (
    12  # failures a day; more than one network may have in a row, and fewer than the hundred of the site
)


@pytest.fixture(autouse=True)
def guessing_is_slowed(settings, monkeypatch):
    assert throttling.MAX_FAILURES_A_DAY == 100
    settings.AXES_ENABLED = True
    monkeypatch.setattr(throttling, "MAX_FAILURES_A_DAY", CEILING)


def from_network(number):
    return {"REMOTE_ADDR": f"203.0.{number // 250}.{number % 250 + 1}"}


def guess_everywhere(client, times=CEILING, email=EMAIL):
    for number in range(times):
        answer = give_password(client, email, "a wrong password", **from_network(number))
    return answer


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2001:db8:1:2:a::1", "2001:db8:1:2:b::2"),
        ("203.0.113.7:1234", "203.0.113.7:5678"),
        ('"[2001:db8::1]:1234"', "2001:db8::2 "),
        ("[::ffff:203.0.113.7]:1234", "203.0.113.7"),
        ("[2001:db8:1:2::1]:99", "2001:db8:1:2::77"),
        ("::ffff:203.0.113.7", "203.0.113.7:80"),
        ("2002:cb00:7107:1::1", "203.0.113.7"),
    ],
)
def test_addresses_of_one_network_are_one(client, first, second):
    make_staff("")
    for number in range(5):
        address = (first, second)[number % 2]
        give_password(client, EMAIL, "wrong", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=address)
    answer = give_password(client, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=second)
    assert answer.status_code == 429


@pytest.mark.parametrize("email", [EMAIL, "nobody@vtc.example"])
def test_the_last_failure_of_a_day_shuts_unknown_browsers_out(client, email):
    make_staff("")
    assert guess_everywhere(client, CEILING - 1, email).status_code == 422
    assert guess_everywhere(client, 1, email).status_code == 422
    answer = give_password(client, email, **from_network(7000))
    assert answer.status_code == 429 and "tried many passwords" in answer.content.decode()


def test_a_browser_that_signed_in_before_is_never_shut_out(client):
    make_staff("")
    assert give_password(client, **from_network(1)).status_code == 302
    client.post("/admin/logout/")
    guess_everywhere(type(client)())
    assert give_password(client, **from_network(1)).status_code == 302


def test_strangers_in_the_same_network_do_not_shut_a_known_browser_out(client):
    make_staff("")
    give_password(client, **from_network(1))
    client.post("/admin/logout/")
    for _ in range(6):
        stranger = give_password(type(client)(), EMAIL, "wrong", **from_network(1))
    assert stranger.status_code == 429
    assert give_password(client, **from_network(1)).status_code == 302


def test_a_known_browser_guesses_no_faster(client):
    make_staff("")
    give_password(client)
    client.post("/admin/logout/")
    answers = [give_password(client, EMAIL, "wrong", **from_network(number)) for number in range(6)]
    assert answers[-1].status_code == 429


def test_a_mailed_link_opens_the_account_again(client, settings):
    user = make_staff("")
    guess_everywhere(type(client)())
    client.get(password_reset.link(user).removeprefix(settings.SITE_URL))
    client.post("/admin/new-password/", {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    assert give_password(client, EMAIL, NEW_PASSWORD, **from_network(7000)).status_code == 302


def test_a_device_of_a_colleague_is_none_of_mine(client):
    make_staff("")
    make_staff("", "ben@vtc.example")
    give_password(client, "ben@vtc.example")
    client.post("/admin/logout/")
    guess_everywhere(type(client)())
    assert give_password(client, **from_network(7000)).status_code == 429


def test_the_cookie_is_for_the_admin_alone_and_names_nobody(client, settings):
    make_staff("")
    give_password(client)
    cookie = client.cookies["device"]
    assert cookie["path"] == "/admin/" and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert EMAIL not in cookie.value and "ana" not in cookie.value
    client.post("/admin/logout/")
    client.cookies["device"] = cookie.value[:-2]  # forged: the browser is no longer known
    guess_everywhere(type(client)())
    assert give_password(client, **from_network(7000)).status_code == 429


def test_what_is_counted_says_neither_who_nor_where(client):
    make_staff("")
    guess_everywhere(client, 3)
    rows = list(DailyCount.objects.values())
    assert rows[0]["count"] == 3 and EMAIL not in str(rows) and "203.0" not in str(rows)


@pytest.mark.parametrize(("email", "mails"), [(EMAIL, 1), ("nobody@vtc.example", 0)])
def test_the_account_is_told_once_and_a_stranger_sees_no_difference(
    client, mail_thread, monkeypatch, mailoutbox, email, mails
):
    make_staff("")
    guess_everywhere(client, CEILING - 1, email)
    assert mail_thread.waiting == []
    guess_everywhere(client, 4, email)
    assert len(mail_thread.waiting) == 1
    mail_thread.work_off(monkeypatch)
    assert [mail.subject for mail in mailoutbox] == ["Wrong passwords: staff website"] * mails
