"""Days of outage in simulated time, round by round as the thread works: nothing is lost, all are told."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from intake.courier import Courier
from intake.models import IntakeSettings, Notification, Submission
from tests.intake.factories import staff, stored_message

pytestmark = pytest.mark.django_db
MOST_MAILS_AN_HOUR = 20
MONTH = timedelta(days=30)


class Days:
    """A site whose thread makes a round now and then while messages come, on a clock that a test moves."""

    def __init__(self, monkeypatch):
        self._real_now, self._passed = timezone.now, timedelta()
        self._courier, self._chance, self._stored = Courier(), random.Random(72), 0
        monkeypatch.setattr(timezone, "now", self.now)
        monkeypatch.setattr("intake.courier.close_old_connections", lambda: None)  # the test's transaction

    def now(self):
        return self._real_now() + self._passed

    def jump(self, by):
        self._passed += by

    def go_on(self, *, every, messages=0, **duration):
        """Make a round `every` so often; `messages` come meanwhile, each at a time that chance decides."""
        rounds = timedelta(**duration) // every
        arrivals = [self._chance.randrange(rounds) for _ in range(messages)]
        for number in range(rounds):
            for _ in range(arrivals.count(number)):
                self._stored += 1
                stored_message(message=f"number {self._stored}")
            self._courier.work()
            self._passed += every

    def assert_nothing_is_lost(self):
        assert Submission.objects.count() == Notification.objects.count() == self._stored


@pytest.fixture
def days(monkeypatch):
    staff()
    IntakeSettings(keep_open_days=10, keep_finished_days=10, keep_spam_days=10).save()
    return Days(monkeypatch)


def most_mails_in_an_hour():
    sent = Notification.objects.exclude(sent_at=None)
    times = sorted({row.message_key: row.sent_at for row in sent}.values())
    return max(sum(start <= at < start + timedelta(hours=1) for at in times) for start in times)


def assert_alarm_is_shown(client, caplog, *, untold):
    answer = client.get("/healthz/")
    assert answer.status_code == 503 and answer.json()["untold"] == untold
    assert f"ALARM: staff have not been told of {untold} message(s)" in caplog.text
    assert (
        f"{untold} notice(s) could not be sent for 15 minutes"
        in client.get("/admin/intake/submission/").content.decode()
    )


def assert_all_are_told(postbox):
    assert not Notification.objects.filter(sent_at=None).exists()
    assert len(postbox.message_ids) == len(set(postbox.message_ids))
    keys = set(Notification.objects.values_list("message_key", flat=True))
    assert {f"<{key}@testserver>" for key in keys} == set(postbox.message_ids)
    assert most_mails_in_an_hour() <= MOST_MAILS_AN_HOUR


def test_everybody_is_told_after_72_hours_without_a_mail_server(days, postbox, client, caplog):
    postbox.stop()
    days.go_on(hours=72, every=timedelta(minutes=10), messages=120)
    days.jump(timedelta(minutes=16))
    days.go_on(hours=2, every=timedelta(minutes=10))
    days.assert_nothing_is_lost()
    client.force_login(staff("olga", group="Owner", email="olga@vtc.example"))
    assert_alarm_is_shown(client, caplog, untold=120)
    server = postbox.start_again()
    try:
        days.go_on(hours=3, every=timedelta(minutes=1), messages=60)
        days.go_on(minutes=20, every=timedelta(minutes=1))
    finally:
        server.stop()
    days.assert_nothing_is_lost()
    assert_all_are_told(server)
    assert client.get("/healthz/").status_code == 200


@pytest.mark.parametrize("is_down", [False, True], ids=["mail works", "mail is down"])
@pytest.mark.parametrize("jump", [MONTH, -MONTH], ids=["forward", "back"])
def test_everybody_is_told_when_the_clock_jumped_a_month_and_came_back(days, postbox, jump, is_down):
    postbox.answer = "451 down" if is_down else "250 OK"
    minute = timedelta(minutes=1)
    days.go_on(hours=1, every=minute, messages=15)
    days.jump(jump)
    days.go_on(hours=1, every=minute, messages=15)
    days.jump(-jump)
    days.go_on(minutes=30, every=minute, messages=15)
    postbox.answer = "250 OK"
    days.go_on(hours=1, minutes=30, every=minute)
    days.assert_nothing_is_lost()
    assert_all_are_told(postbox)
