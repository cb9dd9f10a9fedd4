"""Days of outage in simulated time, round by round as the thread works: nothing is lost, all are told."""

from datetime import timedelta

import pytest

from intake.models import IntakeSettings, Notification, Submission
from intake.outbox import delivery
from tests.drills.outage import MAX_MAILS_AN_HOUR, MINUTE, Days, most_mails_in_an_hour
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


@pytest.fixture
def days(monkeypatch):
    make_staff()
    IntakeSettings(keep_open_days=10, keep_finished_days=10, keep_spam_days=10).save()
    return Days(monkeypatch)


def assert_nothing_is_lost(days):
    notices = Notification.objects.filter(kind=Notification.Kind.NEW)
    assert Submission.objects.count() == notices.count() == days.stored


def assert_alarm_is_shown(client, caplog, *, untold):
    answer = client.get("/healthz/")
    assert answer.status_code == 503 and answer.json()["untold"] == untold
    assert f"ALARM: staff have not been notified of {untold} message(s)" in caplog.text
    assert (
        f"{delivery.overdue().count()} notice(s) have been waiting for more than 15 minutes"
        in client.get("/admin/intake/submission/").content.decode()
    )


def assert_all_are_told(postbox, days):
    for _ in range(10):  # an alarm about a message that still waits may have come with the last round
        if not Notification.objects.filter(sent_at=None).exists():
            break
        days.run(minutes=2, every=2 * MINUTE)
    assert not Notification.objects.filter(sent_at=None).exists()
    deliveries = list(zip(postbox.recipients, postbox.message_ids, strict=True))
    assert len(deliveries) == len(set(deliveries))
    keys = set(Notification.objects.values_list("mail_key", flat=True))
    assert {f"<{key}@testserver>" for key in keys} == set(postbox.message_ids)
    assert most_mails_in_an_hour() <= MAX_MAILS_AN_HOUR


@pytest.mark.once  # `make drill` runs these hours on PostgreSQL
def test_everybody_is_told_after_72_hours_without_a_mail_server(days, postbox, client, caplog):
    postbox.stop()
    days.run(hours=72, every=60 * MINUTE, messages=60)
    days.jump(16 * MINUTE)
    days.run(hours=2, every=10 * MINUTE)
    assert_nothing_is_lost(days)
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    assert_alarm_is_shown(client, caplog, untold=60)
    server = postbox.start_again()
    try:
        days.run(hours=2, every=2 * MINUTE, messages=30)
        days.run(minutes=20, every=2 * MINUTE)
        assert_nothing_is_lost(days)
        assert_all_are_told(server, days)
    finally:
        server.stop()
    assert client.get("/healthz/").status_code == 200


JUMPS = [  # the harder half of each; `make drill` does the other
    pytest.param(MONTH, True, id="forward, mail is down"),
    pytest.param(-MONTH, True, id="back, mail is down", marks=pytest.mark.once),
    pytest.param(MONTH, False, id="forward, mail works", marks=pytest.mark.drill),
    pytest.param(-MONTH, False, id="back, mail works", marks=pytest.mark.drill),
]


@pytest.mark.parametrize(("jump", "is_down"), JUMPS)
def test_everybody_is_told_when_the_clock_jumped_a_month_and_came_back(days, postbox, jump, is_down):
    postbox.answer = "451 down" if is_down else "250 OK"
    days.run(hours=1, every=2 * MINUTE, messages=15)
    days.jump(jump)
    days.run(hours=1, every=2 * MINUTE, messages=15)
    days.jump(-jump)
    days.run(minutes=30, every=2 * MINUTE, messages=15)
    postbox.answer = "250 OK"
    days.run(hours=1, minutes=30, every=2 * MINUTE)
    assert_nothing_is_lost(days)
    assert_all_are_told(postbox, days)
