"""Passwords are checked two at a time in a process: a flood of tries is turned away at once."""

import threading
import time
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password

from tests.support.staff import EMAIL, NEW_PASSWORD, PASSWORD, give_password, staff, with_app
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
def flood():
    """Two checks that run and two that wait: what many tries at once do to a process."""
    turns = [hashing._checks] * hashing.MAX_AT_ONCE
    turns += [hashing._places] * (hashing.MAX_AT_ONCE + hashing.MAX_WAITING)
    for semaphore in turns:
        semaphore.acquire()
    yield
    for semaphore in turns:
        semaphore.release()


def test_a_password_takes_19_mebibytes_two_passes_and_one_lane():
    assert make_password("a password").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_third_check_waits_for_one_of_two_and_a_fifth_is_refused(monkeypatch):
    monkeypatch.setattr(hashing, "PATIENCE_SECONDS", 30)
    running, most, inside, gate = [], [], threading.Barrier(3), threading.Event()

    def check():
        with hashing.turn():
            running.append(1)
            most.append(len(running))
            if len(most) <= 2:
                inside.wait(timeout=20)
                gate.wait(timeout=20)
            running.pop()

    threads = [threading.Thread(target=check) for _ in range(2)]
    for thread in threads:
        thread.start()
    inside.wait(timeout=20)  # both are at it
    late = [threading.Thread(target=check) for _ in range(2)]
    for thread in late:
        thread.start()
    while hashing._places._value:
        time.sleep(0)
    with pytest.raises(hashing.TooBusyError), hashing.turn():
        pass
    gate.set()
    for thread in threads + late:
        thread.join(timeout=20)
    assert len(most) == 4 and max(most) == hashing.MAX_AT_ONCE


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
    client.force_login(staff())
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
    user = staff()
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
    user = staff(EMAIL)
    settings.PASSWORD_HASHERS = [OWN]
    assert "m=1024,t=2,p=8" in user.password
    assert give_password(client).status_code == 302
    user.refresh_from_db()
    assert "m=19456,t=2,p=1" in user.password and check_password(PASSWORD, user.password)
