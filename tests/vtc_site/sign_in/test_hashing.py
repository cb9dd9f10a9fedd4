"""Passwords are checked two at a time in a process: a flood of tries is turned away at once."""

import os
import threading
import time
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from tests.support.staff import EMAIL, NEW_PASSWORD, PASSWORD, give_password, make_staff, with_app
from vtc_site.sign_in import hashing, password_reset
from vtc_site.sign_in.passwords import give_one_time_password

pytestmark = pytest.mark.once
OWN = "vtc_site.sign_in.hashing.PasswordHasher"


class DjangosOwn(Argon2PasswordHasher):
    """The hasher of before, quick enough for a test."""

    memory_cost, time_cost, parallelism = 1024, 2, 8


@pytest.fixture(autouse=True)
def real_hasher(settings):
    settings.PASSWORD_HASHERS = [OWN]


@contextmanager
def flood(checks=hashing.MAX_AT_ONCE + hashing.MAX_WAITING):
    """So many checks at once, each of which takes until the block is over; returns how many run together."""
    gate, running, most = threading.Event(), [], []

    def check():
        running.append(1)
        most.append(len(running))
        gate.wait(timeout=60)
        running.pop()

    threads = [threading.Thread(target=hashing.in_turn, args=[check]) for _ in range(checks)]
    with patch.object(hashing, "PATIENCE_SECONDS", 60):
        for thread in threads:
            thread.start()
        while hashing._places._value > hashing.MAX_AT_ONCE + hashing.MAX_WAITING - checks:
            time.sleep(0)
        while len(most) < min(checks, hashing.MAX_AT_ONCE):
            time.sleep(0)
    try:
        yield most
    finally:
        gate.set()
        for thread in threads:
            thread.join(timeout=60)


def test_a_password_is_the_same_from_every_keyboard():
    assert check_password("cafe\u0301 del mar", make_password("caf\u00e9 del mar"))
    assert check_password("caf\u00e9\u00a0del\u3000mar", make_password("cafe\u0301 del mar"))
    assert not check_password("cafe del mar", make_password("caf\u00e9 del mar"))


def test_a_password_takes_19_mebibytes_two_passes_and_one_lane():
    assert make_password("a password").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_check_lets_pages_and_messages_go_first():
    def niceness():
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    assert hashing.in_turn(niceness) == min(19, niceness() + hashing.NICENESS)


def test_two_run_two_wait_and_a_fifth_is_refused():
    with flood() as most, pytest.raises(hashing.TooBusyError):
        hashing.in_turn(lambda: None)
    assert len(most) == 4 and max(most) == 2
    assert hashing.in_turn(lambda: "the next") == "the next"


def test_who_waits_too_long_is_refused_and_never_checked():
    done = []
    with flood(2), pytest.raises(hashing.TooBusyError):
        hashing.in_turn(done.append, "late")
    assert hashing.in_turn(lambda: None) is None and not done


@pytest.mark.django_db
def test_a_sign_in_in_a_flood_gets_a_plain_429_in_under_a_second(client):
    began = time.monotonic()
    with flood():
        answer = give_password(client, "nobody@vtc.example")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3")
    assert time.monotonic() - began < 1
    text = answer.content.decode()
    assert "try again" in text and "Overdose: what to do now" in text
    assert "no-store" in answer["Cache-Control"] and not answer.cookies


@pytest.mark.django_db
def test_a_flood_stops_no_other_page_of_staff(client):
    client.force_login(make_staff(""))
    with flood():
        assert client.get("/admin/").status_code == 200


def own_password(client, user):
    client.force_login(user)
    return "/admin/password_change/"


def reset(client, user):
    client.get(password_reset.link(user).removeprefix(settings.SITE_URL))
    return "/admin/new-password/"


def one_time(client, user):
    give_password(client, password=give_one_time_password(user))
    return "/admin/login/password/"


@pytest.mark.django_db
@pytest.mark.parametrize("path", [own_password, reset, one_time])
def test_every_path_of_a_password_is_limited(client, path):
    user = make_staff("")
    with_app(user)
    address = path(client, user)
    user.refresh_from_db()
    before = user.password
    typed = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    with flood():
        assert client.post(address, typed).status_code == 429
    user.refresh_from_db()
    assert user.password == before


@pytest.mark.django_db
def test_a_hash_of_other_parameters_is_renewed_at_the_sign_in(client, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.DjangosOwn"]
    user = make_staff("", EMAIL)
    settings.PASSWORD_HASHERS = [OWN]
    assert "m=1024,t=2,p=8" in user.password
    assert give_password(client).status_code == 302
    user.refresh_from_db()
    assert "m=19456,t=2,p=1" in user.password and check_password(PASSWORD, user.password)
