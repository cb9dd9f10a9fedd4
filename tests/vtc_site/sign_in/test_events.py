"""What happens to a sign-in is recorded without an address, told by email, and shown to whom it concerns."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from intake.models import IntakeSettings
from tests.support.staff import (
    EMAIL,
    NEW_PASSWORD,
    PASSWORD,
    code,
    give_code,
    give_password,
    is_signed_in,
    make_staff,
    with_app,
)
from vtc_site import background
from vtc_site.models import AuthenticatorApp, SignInEvent, SignInState, StaffSession
from vtc_site.sign_in import events, password_reset, passwords, sessions
from vtc_site.sign_in.session_store import SessionStore, stored

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def kinds():
    return list(SignInEvent.objects.order_by("pk").values_list("kind", flat=True))


def subjects_and_words(mailoutbox):
    return "\n".join(f"{mail.subject}\n{mail.body}" for mail in mailoutbox)


def test_a_first_sign_in_is_recorded_step_by_step_and_told(client, settings, mailoutbox):
    settings.STAFF_SECOND_FACTOR = True
    user = make_staff("")
    one_time = passwords.give_one_time_password(user)
    give_password(client, password=one_time)
    client.post("/admin/login/password/", {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    client.get("/admin/login/second-step/")
    key = client.session["unfinished_sign_in"]["key"]
    client.post("/admin/login/second-step/", {"code": code(key)})
    client.post("/admin/login/recovery-codes/")
    assert is_signed_in(client)
    assert kinds() == ["password-changed", "enrolled", "new-device"]
    words = subjects_and_words(mailoutbox)
    for told in ("password of your account was changed", "authenticator app was set up", "not seen before"):
        assert told in words
    assert EMAIL not in words and {tuple(mail.to) for mail in mailoutbox} == {(EMAIL,)}


def test_a_known_device_is_no_news(client, mailoutbox):
    make_staff("")
    give_password(client)
    client.post("/admin/logout/")
    give_password(client)
    assert kinds() == ["new-device", "signed-out", "signed-in"]
    assert len(mailoutbox) == 1


def test_used_and_new_recovery_codes_are_told(client, settings, mailoutbox):
    settings.STAFF_SECOND_FACTOR = True
    codes = with_app(make_staff(""))
    give_password(client)
    give_code(client, codes[0])
    client.post("/admin/recovery-codes/", {"code": code()})
    assert kinds() == ["recovery-code-used", "new-device", "recovery-codes-new"]
    words = subjects_and_words(mailoutbox)
    assert "A recovery code of your account was used" in words and "New recovery codes were made" in words


def test_a_change_of_the_own_password_is_told(client, mailoutbox):
    client.force_login(make_staff(""))
    typed = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    client.post("/admin/password_change/", {**typed, "old_password": "wrong"})
    assert kinds() == []
    client.post("/admin/password_change/", typed)
    assert kinds() == ["password-changed"] and "was changed" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
            "Safari on iOS",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Linux"),
        ("canary words", "Another browser on another system"),
    ],
)
def test_kept_is_a_coarse_device_and_no_address(client, agent, device):
    make_staff("")
    give_password(client, REMOTE_ADDR="203.0.113.99", HTTP_USER_AGENT=agent)
    [row] = SignInEvent.objects.values()
    assert row["device"] == device and "203.0" not in str(row) and "canary" not in str(row)


def test_owners_see_all_and_others_their_own(client):
    ana, ben = make_staff("Editor", EMAIL), make_staff("Owner", "ben@vtc.example")
    for user in (ana, ben):
        SignInEvent.objects.create(account=user, kind="signed-in", device="Firefox on Windows")
    client.force_login(ana)
    page = client.get("/admin/vtc_site/signinevent/").content.decode()
    assert "1 sign-in event" in page and "ben@vtc.example" not in page
    client.force_login(ben)
    assert "2 sign-in events" in client.get("/admin/vtc_site/signinevent/").content.decode()


def test_events_go_when_the_access_log_goes():
    user, now = make_staff(""), timezone.now()
    for days in (1, 800):
        SignInEvent.objects.create(account=user, kind="signed-in", at=now - timedelta(days=days))
    events.purge()
    assert len(kinds()) == 2
    IntakeSettings(keep_access_log_days=700).save()
    events.purge()
    assert len(kinds()) == 1
    assert {events.purge, sessions.forget_expired} <= {job.run for job in background.JOBS}


# --- One-time passwords and links ---


def test_a_one_time_password_ends_after_72_hours(client):
    user = make_staff("")
    password = passwords.give_one_time_password(user)
    SignInState.objects.update(one_time_given_at=timezone.now() - timedelta(hours=71))
    assert give_password(client, password=password).status_code == 302
    SignInState.objects.update(one_time_given_at=timezone.now() - timedelta(hours=73))
    answer = give_password(type(client)(), password=password)
    assert answer.status_code == 422 and "one-time password has expired" in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        " {}\n",
        "\u200b{}\ufeff",
        lambda given: given.upper(),
        lambda given: given.capitalize(),
        lambda given: given.replace("-", ""),
        lambda given: given.replace("-", " "),
        lambda given: given.replace("-", "–"),
        lambda given: given.replace("-", "\u00a0-\u2011\t"),
        lambda given: "\u200d".join(given),
        lambda given: given.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    ],
)
def test_a_one_time_password_is_read_however_it_was_typed_or_pasted(client, typed):
    given = passwords.give_one_time_password(make_staff(""))
    typed = typed(given) if callable(typed) else typed.format(given)
    assert give_password(client, password=typed).status_code == 302


def test_one_time_passwords_differ_and_have_no_letters_that_look_alike():
    given = {passwords.typed_codes.new() for _ in range(100)}
    assert len(given) == 100 and not set("01ilo") & set("".join(given))


@pytest.mark.parametrize("typed", ["{}\u200b", "\ufeff{}", " {} ", "<{}>", "{}."])
def test_the_email_of_a_sign_in_is_read_like_every_other(client, mailoutbox, typed):
    make_staff("")
    assert give_password(client, email=typed.format(EMAIL.upper())).status_code == 302


def test_an_own_password_keeps_its_blanks(client):
    make_staff("", password=" a blank before ")
    assert give_password(client, password="a blank before").status_code == 422
    assert give_password(client, password=" a blank before ").status_code == 302


def test_before_the_second_step_is_set_up_a_mailbox_opens_nothing(client, settings, mailoutbox):
    settings.STAFF_SECOND_FACTOR = True
    user = make_staff("")
    password_reset.send_link(EMAIL)
    assert "ask an owner" in mailoutbox[0].body and "link=" not in mailoutbox[0].body
    path = password_reset.link(user).removeprefix(settings.SITE_URL)
    assert "This link has expired" in client.get(path).content.decode()
    with_app(user)
    assert client.get(path).status_code == 302


# --- Sessions and keys ---


@pytest.mark.parametrize("link", ["x" * 6000, "MQ.x", ""])
def test_a_wrong_link_reaches_no_session(client, link):
    make_staff("")
    for _ in range(3):
        client.get("/admin/new-password/", {"link": link})
    assert not StaffSession.objects.exists() and "session" not in client.cookies


def test_a_session_lies_in_the_database_under_a_hash_of_its_key(client):
    make_staff("")
    give_password(client)
    key = client.cookies["session"].value
    [row] = StaffSession.objects.all()
    assert row.session_key == stored(key) != key and key not in str(StaffSession.objects.values())
    stolen = type(client)()
    stolen.cookies["session"] = row.session_key
    assert is_signed_in(client) and not is_signed_in(stolen)


def test_sessions_of_an_account_end_without_a_look_into_any(client, monkeypatch, django_assert_num_queries):
    user = make_staff("")
    client.force_login(user)
    type(client)().force_login(make_staff("", "ben@vtc.example"))
    monkeypatch.setattr(SessionStore, "decode", lambda self, data: pytest.fail("decoded"))
    with django_assert_num_queries(1):
        sessions.end_all(user)
    assert StaffSession.objects.count() == 1


def test_expired_sessions_are_deleted(client):
    client.force_login(make_staff(""))
    sessions.forget_expired()
    assert StaffSession.objects.count() == 1
    StaffSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    sessions.forget_expired()
    assert not StaffSession.objects.exists()


def test_keys_of_apps_are_encrypted_and_change_with_the_keys(settings):
    with_app(make_staff(""))
    app = AuthenticatorApp.objects.get()
    assert (
        app.key not in _as_it_lies() and "otpauth://totp/Virtual%20Treatment%20Center%3Aana" in app.config_url
    )
    before = _as_it_lies()
    settings.FIELD_ENCRYPTION_KEYS = [
        "bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleTA=",
        *settings.FIELD_ENCRYPTION_KEYS,
    ]
    call_command("rotate_encryption_keys")
    assert _as_it_lies() != before and AuthenticatorApp.objects.get().key == app.key


def _as_it_lies():
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM vtc_site_authenticatorapp")
        return cursor.fetchone()[0]


def test_a_deleted_account_takes_its_events_along():
    user = make_staff("")
    SignInEvent.objects.create(account=user, kind="signed-in")
    get_user_model().objects.all().delete()
    assert kinds() == []
