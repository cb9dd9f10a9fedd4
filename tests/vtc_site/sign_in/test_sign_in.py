"""Staff sign in: first with a one-time password, then with a code, and land where the mail led."""

import base64
import re

import pytest
from django.contrib.auth import get_user_model

from tests.support.staff import (
    EMAIL,
    KEY,
    PASSWORD,
    choose_password,
    code,
    give_code,
    give_password,
    is_signed_in,
    make_staff,
    with_app,
)
from vtc_site.sign_in import second_factor, typed_codes
from vtc_site.sign_in.passwords import give_one_time_password

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MESSAGE = "/admin/intake/submission/7/change/"


@pytest.fixture(autouse=True)
def second_factor_required(settings):
    settings.STAFF_SECOND_FACTOR = settings.AXES_ENABLED = True


def key_on(page):
    """Return the key that the set-up screen shows, in hexadecimal digits."""
    letters = re.search(r'class="sign-in__key">([A-Z2-7 ]+)<', page.content.decode())[1].replace(" ", "")
    return base64.b32decode(letters).hex()


def test_the_first_sign_in_leads_through_every_step_to_the_message(client):
    user = make_staff()
    password = give_one_time_password(user)
    assert give_password(client, password=password, to=MESSAGE)["Location"] == "/admin/login/password/"
    assert not is_signed_in(client)
    assert choose_password(client)["Location"] == "/admin/login/second-step/"
    key = key_on(client.get("/admin/login/second-step/"))
    set_up = client.post("/admin/login/second-step/", {"code": code(key)})
    assert set_up["Location"] == "/admin/login/recovery-codes/"
    codes = re.findall(
        r"<code>(\w{4}-\w{4}-\w{4}-\w{4})</code>", client.get("/admin/login/recovery-codes/").content.decode()
    )
    assert len(codes) == 10
    assert not is_signed_in(client)
    assert client.post("/admin/login/recovery-codes/")["Location"] == MESSAGE
    assert is_signed_in(client)
    assert client.get("/admin/login/recovery-codes/")["Location"] == "/admin/login/"  # shown once


def test_the_next_sign_in_takes_password_and_code(client):
    with_app(make_staff())
    assert give_password(client, to=MESSAGE)["Location"] == "/admin/login/"
    assert "6-digit code" in client.get("/admin/login/").content.decode()
    assert not is_signed_in(client)
    assert give_code(client, code())["Location"] == MESSAGE
    assert is_signed_in(client)


def test_a_password_alone_opens_no_address(client):
    with_app(make_staff())
    give_password(client)
    for path in (
        "/admin/",
        MESSAGE,
        "/admin/auth/user/",
        "/admin/recovery-codes/",
        "/admin/password_change/",
    ):
        assert client.get(path)["Location"].startswith("/admin/login/")
    assert client.get("/admin/still-here/").json() == {"seconds": 0}


@pytest.mark.parametrize("step", ["password", "second-step", "recovery-codes"])
def test_a_step_cannot_be_skipped(client, step):
    with_app(make_staff())
    assert client.get(f"/admin/login/{step}/")["Location"] == "/admin/login/"
    give_password(client)
    assert client.post(f"/admin/login/{step}/", {"code": "1"})["Location"] == "/admin/login/"
    assert not is_signed_in(client)


def test_a_session_without_a_code_is_not_let_in(client):
    client.force_login(make_staff())
    assert not is_signed_in(client)


def test_a_code_works_once(client):
    with_app(make_staff())
    typed = code()
    for _ in range(2):
        client.logout()
        give_password(client)
        answer = give_code(client, typed)
    assert answer.status_code == 422
    assert not is_signed_in(client)


def test_wrong_codes_make_the_next_try_wait(client):
    with_app(make_staff())
    give_password(client)
    assert give_code(client, "000000").status_code == 422
    answer = give_code(client, code())
    assert "Too many wrong codes" in answer.content.decode()
    assert not is_signed_in(client)


def test_a_recovery_code_signs_in_once(client):
    codes = with_app(make_staff())
    give_password(client)
    assert give_code(client, codes[0].upper())["Location"] == "/admin/"
    assert "have 9 left" in client.get("/admin/").content.decode()
    client.logout()
    give_password(client)
    assert give_code(client, codes[0]).status_code == 422


@pytest.mark.parametrize("between", [" ", "-", "\u2011", "\u00a0", "\u200b", "\t", "\u2060", "\ufeff", " – "])
def test_codes_are_read_whatever_stands_between_their_digits(between):
    user = make_staff()
    recovery, now = with_app(user)[0], code()
    second_factor.verify(user, f"{now[:3]}{between}{now[3:]}")
    second_factor.verify(user, recovery.replace("-", between))
    second_factor.enroll(user, KEY, f"{between}{code()[:3]}{between}{code()[3:]}")


@pytest.mark.parametrize("zero", "０٠۰०")
def test_codes_are_read_in_the_digits_of_every_script(zero):
    user = make_staff()
    with_app(user)
    second_factor.verify(user, code().translate({0x30 + digit: ord(zero) + digit for digit in range(10)}))


def test_a_wrong_code_of_the_app_leaves_the_recovery_codes_alone(client):
    codes = with_app(make_staff())
    give_password(client)
    give_code(client, "000000")
    assert give_code(client, codes[0]).status_code == 302


def test_recovery_codes_cannot_be_read_from_the_database(client):
    user = make_staff()
    codes = with_app(user)
    stored = {token.token for token in user.staticdevice_set.get().token_set.all()}
    assert not stored & {text for code in codes for text in (code, code.replace("-", ""))}


def test_new_recovery_codes_need_a_code_and_replace_the_old(client):
    user = make_staff()
    old = with_app(user)
    give_password(client)
    give_code(client, code())
    assert client.post("/admin/recovery-codes/", {"code": "000000"}).status_code == 422
    user.authenticatorapp_set.update(throttling_failure_count=0)
    page = client.post("/admin/recovery-codes/", {"code": code(steps=1)}).content.decode()
    new = re.findall(r"<code>(\w{4}-\w{4}-\w{4}-\w{4})</code>", page)
    assert len(new) == 10
    with pytest.raises(second_factor.Refused):
        second_factor.verify(user, old[0])


@pytest.mark.parametrize("typed", ["12345", "abcdef", "１２３４５６", "", "0" * 39])
def test_a_set_up_with_a_wrong_code_starts_nothing(client, typed):
    user = make_staff()
    give_password(client)
    client.get("/admin/login/second-step/")
    assert client.post("/admin/login/second-step/", {"code": typed}).status_code == 422
    assert second_factor.of(user) is None


def test_the_one_time_password_must_change(client):
    password = give_one_time_password(make_staff())
    give_password(client, password=password)
    assert choose_password(client, password).status_code == 422
    assert choose_password(client, "short").status_code == 422
    assert choose_password(client, EMAIL).status_code == 422
    assert choose_password(client).status_code == 302


def test_a_code_is_asked_before_the_password_changes(client):
    user = make_staff()
    with_app(user)
    password = give_one_time_password(user)
    assert give_password(client, password=password)["Location"] == "/admin/login/"
    assert choose_password(client)["Location"] == "/admin/login/"
    assert get_user_model().objects.get().check_password(typed_codes.read(password))


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/admin/logout/",
        "x\n/",
        "admin/",
    ],
)
def test_sign_in_leads_to_this_site_only(client, elsewhere):
    with_app(make_staff())
    give_password(client, to=elsewhere)
    assert give_code(client, code())["Location"] == "/admin/"


def test_wrong_password_and_unknown_account_get_the_same_answer(client):
    make_staff()
    known = give_password(client, password="wrong")
    unknown = give_password(client, email="nobody@vtc.example", password="wrong")
    assert (known.status_code, unknown.status_code) == (422, 422)
    texts = [
        re.sub(r'(value|name="csrf\w+" value)="[^"]*"', "", a.content.decode()) for a in (known, unknown)
    ]
    assert texts[0] == texts[1]


def test_accounts_that_are_not_staff_or_switched_off_do_not_sign_in(client):
    make_staff("", "off@vtc.example", is_active=False)
    get_user_model().objects.create_user("visitor@vtc.example", "visitor@vtc.example", PASSWORD)
    for email in ("off@vtc.example", "visitor@vtc.example"):
        assert give_password(client, email=email).status_code == 422


def test_an_account_switched_off_between_the_steps_goes_no_further(client):
    user = make_staff()
    with_app(user)
    give_password(client)
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)
    assert give_code(client, code())["Location"] == "/admin/login/?reason=late"
    assert not is_signed_in(client)


def test_a_trial_asks_for_no_second_step(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    make_staff()
    assert give_password(client)["Location"] == "/admin/"
    assert is_signed_in(client)


def test_the_session_key_changes_when_somebody_signs_in(client):
    with_app(make_staff())
    client.get("/admin/login/")
    give_password(client)
    before = client.session.session_key
    give_code(client, code())
    assert client.session.session_key != before
