"""Guessing a password gets slow for whoever guesses and nobody else; no name of it is written down."""

import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings as site_settings
from django.utils import timezone

from tests.support.staff import EMAIL, PASSWORD, give_password, make_staff

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def guessing_is_slowed(settings):
    settings.AXES_ENABLED = True


def guess(client, times=site_settings.AXES_FAILURE_LIMIT, email=EMAIL, address=HERE):
    for number in range(times):
        answer = give_password(client, email, f"canary-guess-{number}", REMOTE_ADDR=address)
    return answer


def test_too_many_wrong_passwords_shut_this_place_out(client):
    make_staff()
    assert guess(client).status_code == 429
    answer = give_password(client, REMOTE_ADDR=HERE)
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.content.decode()


def test_the_person_still_signs_in_from_elsewhere(client):
    make_staff()
    guess(client)
    assert give_password(client, REMOTE_ADDR=ELSEWHERE).status_code == 302


def test_a_colleague_behind_the_same_address_still_signs_in(client):
    make_staff()
    make_staff("", "ben@vtc.example")
    guess(client)
    assert give_password(client, "ben@vtc.example", REMOTE_ADDR=HERE).status_code == 302


def test_the_proxy_hides_nobody_behind_its_own_address(client):
    make_staff()
    for number in range(5):
        give_password(client, EMAIL, f"wrong-{number}", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=HERE)
    shut_out = give_password(client, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=HERE)
    other = give_password(client, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=ELSEWHERE)
    assert (shut_out.status_code, other.status_code) == (429, 302)


def test_an_unknown_account_is_slowed_the_same_way(client):
    assert guess(client, email="nobody@vtc.example").status_code == 429


def test_who_waits_gets_in(client):
    make_staff()
    guess(client)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert give_password(client, REMOTE_ADDR=HERE).status_code == 302


def test_guessing_on_does_not_make_the_wait_longer(client):
    make_staff()
    guess(client)
    began = AccessAttempt.objects.get().attempt_time
    guess(client, 3)
    assert AccessAttempt.objects.get().attempt_time == began


def test_signing_in_forgets_the_wrong_tries_and_all_old_ones(client):
    make_staff()
    guess(client, 3)
    guess(client, 1, email="old@vtc.example")
    AccessAttempt.objects.filter(failures_since_start=1).update(
        attempt_time=timezone.now() - timedelta(hours=1)
    )
    give_password(client, REMOTE_ADDR=HERE)
    assert not AccessAttempt.objects.exists()


def test_nothing_personal_is_stored_or_logged(client, caplog):
    make_staff()
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("axes").propagate = True
        guess(client, 7, email="canary-account@vtc.example")
        give_password(client, REMOTE_ADDR=HERE, HTTP_USER_AGENT="canary-browser", to="/admin/?q=canary-next")
    stored = str(list(AccessAttempt.objects.values()))
    for private in ("canary", HERE, EMAIL, PASSWORD):
        assert private not in stored
        assert private not in caplog.text
    assert not AccessLog.objects.exists()
    assert not AccessFailureLog.objects.exists()
