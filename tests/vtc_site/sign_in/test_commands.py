"""The commands that give somebody a sign-in, and what follows in the browser."""

import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.support.staff import EMAIL, choose_password, give_password, make_staff, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def second_factor_required(settings):
    settings.STAFF_SECOND_FACTOR = settings.AXES_ENABLED = True


def test_add_staff_prints_a_password_for_one_time(client, capsys):
    call_command("add_staff", "Dana@VTC.example", "--role", "intake")
    said = capsys.readouterr().out
    password = re.search(r"One-time password: (\S+)\nYou will not see it again", said)[1]
    answer = give_password(client, email="dana@vtc.example", password=password)
    assert answer["Location"] == "/admin/login/password/"


def first_owner(capsys):
    """Return the one-time password that `make run` prints, if any."""
    call_command("add_staff", "owner@example.com", "--role", "owner", "--first")
    found = re.search(r"One-time password: (\S+)\nUntil someone has signed in, ", capsys.readouterr().out)
    return found and found[1]


def test_the_first_owner_gets_a_password_until_an_owner_has_signed_in(client, capsys, settings):
    settings.STAFF_SECOND_FACTOR = False
    make_staff(email="ben@vtc.example", last_login=timezone.now())
    assert first_owner(capsys)
    give_password(client, email="owner@example.com", password=first_owner(capsys))
    assert choose_password(client)["Location"] == "/admin/"
    assert first_owner(capsys) is None


def test_reset_sign_in_gives_a_fresh_start(client, capsys):
    with_app(make_staff())
    call_command("reset_sign_in", EMAIL)
    password = re.search(r"One-time password: (\S+)", capsys.readouterr().out)[1]
    give_password(client, password=password)
    assert choose_password(client)["Location"] == "/admin/login/second-step/"
