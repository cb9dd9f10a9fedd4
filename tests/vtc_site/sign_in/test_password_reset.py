"""A new password by email: the link works once, and a stranger learns nothing."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from tests.support.staff import (
    EMAIL,
    NEW_PASSWORD,
    code,
    give_code,
    give_password,
    is_signed_in,
    make_staff,
    with_app,
)
from vtc_site.models import SignInState
from vtc_site.sign_in import background_mail, password_reset
from vtc_site.sign_in.passwords import give_one_time_password

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ASK, SET = "/admin/forgotten-password/", "/admin/new-password/"


@pytest.fixture
def link(client, mail_thread, monkeypatch, mailoutbox):
    """Return the link that a member of staff got."""
    make_staff()
    client.post(ASK, {"email": EMAIL})
    mail_thread.work_off(monkeypatch)
    return re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1]


def path_of_link(user):
    return password_reset.link(user).removeprefix(site_settings.SITE_URL)


def set_password(client, password=NEW_PASSWORD):
    return client.post(SET, {"new_password1": password, "new_password2": password})


def test_the_link_of_the_mail_sets_a_new_password(client, link):
    assert client.get(link)["Location"] == SET  # the secret leaves the address bar
    assert set_password(client)["Location"] == "/admin/login/?reason=new-password"
    assert not is_signed_in(client)
    assert give_password(client, password=NEW_PASSWORD)["Location"] == "/admin/"


def test_the_mail_names_nobody(link, mailoutbox):
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([EMAIL], "Set a new password: staff website")
    assert mail.from_email == "Staff website of testserver <website@vtc.example>"
    assert mail.extra_headers["Message-ID"].endswith("@testserver>")
    text = f"{mail.subject}\n{mail.body}"
    assert EMAIL not in text and "ana" not in text.lower().replace(link.lower(), "")
    assert "?link=" in link


def test_the_person_is_told_that_the_password_was_changed(client, link, mailoutbox):
    client.get(link)
    set_password(client)
    letter = mailoutbox[-1]
    assert (len(mailoutbox), letter.to, letter.subject) == (
        2,
        [EMAIL],
        "Your sign-in was changed: staff website",
    )
    assert "http" not in letter.body and NEW_PASSWORD not in letter.body


def test_the_link_works_once(client, link):
    client.get(link)
    set_password(client)
    other = Client()
    other.get(link)
    assert "This link has expired" in other.get(SET).content.decode()
    assert "This link has expired" in set_password(other, "another long password").content.decode()


def test_the_link_ends_after_an_hour(client, link, settings):
    settings.PASSWORD_RESET_TIMEOUT = -1
    client.get(link)
    assert "This link has expired" in client.get(SET).content.decode()


@pytest.mark.parametrize("secret", ["", "x", "MQ.", "MQ.c1-2", "%FF%FE.a", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5.x"])
def test_a_made_up_link_is_over(client, secret):
    make_staff()
    client.get(f"{SET}?link={secret}")
    assert "This link has expired" in client.get(SET).content.decode()


def test_a_weak_password_is_refused(client, link):
    client.get(link)
    assert set_password(client, "password1234").status_code == 422


def test_the_second_step_is_still_asked(client, link, settings):
    settings.STAFF_SECOND_FACTOR = True
    with_app(get_user_model().objects.get())
    client.get(link)
    set_password(client)
    assert give_password(client, password=NEW_PASSWORD)["Location"] == "/admin/login/"
    assert give_code(client, code())["Location"] == "/admin/"


def test_a_new_password_ends_every_session(client):
    user, other = make_staff(), Client()
    give_password(other)
    assert is_signed_in(other)
    user.refresh_from_db()
    client.get(path_of_link(user))
    set_password(client)
    assert not is_signed_in(other)


def test_known_and_unknown_get_the_same_answer_for_the_same_work(
    client, mail_thread, django_assert_num_queries
):
    make_staff()
    texts = set()
    for email in (EMAIL, "nobody@vtc.example"):
        with django_assert_num_queries(1):  # the name of the clinic
            answer = client.post(ASK, {"email": email})
        texts.add((answer.status_code, re.sub(r'value="[^"]*"', "", answer.content.decode())))
    assert len(texts) == 1
    assert len(mail_thread.waiting) == 2


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"email": ""}])
def test_only_active_staff_get_a_mail(client, mail_thread, monkeypatch, mailoutbox, change):
    make_staff()
    get_user_model().objects.update(**change)
    client.post(ASK, {"email": EMAIL})
    client.post(ASK, {"email": "nobody@vtc.example"})
    mail_thread.work_off(monkeypatch)
    assert mailoutbox == []


def test_nobody_is_flooded_with_mail(mailoutbox):
    make_staff()
    for _ in range(3):
        password_reset.send_link(EMAIL.upper())
    assert len(mailoutbox) == 1
    SignInState.objects.update(reset_mailed_at=timezone.now() - timedelta(minutes=6))
    password_reset.send_link(EMAIL)
    assert len(mailoutbox) == 2


def test_a_flood_of_questions_is_dropped(mail_thread):
    before = background_mail.MOST_WAITING
    for _ in range(before + 5):
        password_reset.ask(EMAIL)
    assert len(mail_thread.waiting) <= before
    for _ in mail_thread.waiting:
        background_mail._places.release()


def test_a_mail_server_that_is_down_shows_nothing_and_logs_no_address(
    mail_thread, client, monkeypatch, caplog, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    make_staff()
    assert client.post(ASK, {"email": EMAIL}).status_code == 200
    mail_thread.work_off(monkeypatch)
    assert "could not be sent" in caplog.text
    assert EMAIL not in caplog.text


def test_the_link_leads_to_the_sites_own_name(mail_thread, client, monkeypatch, mailoutbox):
    make_staff()
    client.post(ASK, {"email": EMAIL}, headers={"Host": "localhost"})
    mail_thread.work_off(monkeypatch)
    assert f"{site_settings.SITE_URL}/admin/new-password/" in mailoutbox[0].body


def test_a_password_set_by_link_is_no_one_time_password_any_more(client, link):
    user = get_user_model().objects.get()
    give_one_time_password(user)
    client.get(path_of_link(user))
    set_password(client)
    assert give_password(client, password=NEW_PASSWORD)["Location"] == "/admin/"
