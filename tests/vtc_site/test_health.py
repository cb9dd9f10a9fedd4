"""What /healthz/ and the log say when staff are not told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.models import Notification
from intake.outbox import delivery
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db


def age(**duration):
    Notification.objects.update(created_at=timezone.now() - timedelta(**duration))


def test_all_is_well_when_nothing_waits():
    make_staff()
    assert delivery.health() == {
        "waiting": 0,
        "untold": 0,
        "oldest_seconds": 0,
        "nobody_to_tell": False,
        "thread_beat_seconds": None,
    }


def test_message_that_waits_14_minutes_is_no_alarm(caplog):
    stored_message()
    age(minutes=14)
    assert delivery.health()["waiting"] == 1 and delivery.health()["untold"] == 0
    delivery.sound_alarm()
    assert "ALARM" not in caplog.text


def test_message_that_waits_16_minutes_is_an_alarm_until_it_is_told(caplog, client):
    stored_message()
    age(minutes=16)
    health = delivery.health()
    assert health["untold"] == 1 and health["oldest_seconds"] >= 16 * 60 and health["nobody_to_tell"]
    delivery.sound_alarm()
    assert "ALARM: staff have not been notified of 1 message(s)" in caplog.text
    assert client.get("/healthz/").status_code == 503
    Notification.objects.update(sent_at=timezone.now())
    assert delivery.health()["untold"] == 0
    assert client.get("/healthz/").status_code == 200


def test_message_of_a_wrong_future_is_an_alarm_too():
    stored_message()
    age(days=-30)
    assert delivery.health()["untold"] == 1


def test_heartbeat_is_the_time_since_the_last_look_at_the_outbox():
    delivery.deliver_due()
    assert 0 <= delivery.health()["thread_beat_seconds"] < 60
