"""Nobody claims a message in time: a second person is told, by the outbox, until somebody does."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from intake.models import IntakeSettings, Notification, OfficeHours, Submission
from intake.outbox import delivery, escalation
from intake.reply_times import PACIFIC
from intake.staff import workflow
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
ALARM = Notification.Kind.ALARM
MONDAY = datetime(2082, 12, 7, 9, tzinfo=PACIFIC)  # later than all that the real clock has stamped


@pytest.fixture
def at(monkeypatch):
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def waiting(at, settings):
    """A message of Monday 9 a.m., promised by 11; alarm at 10. Olga owns, Dana answers."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for day in range(5):
        OfficeHours.objects.create(weekday=day, opens_at=time(9), closes_at=time(17))
    IntakeSettings(reply_minutes=120, alarm_percent=50).save()
    make_staff(email="dana@vtc.example")
    make_staff("Owner", "olga@vtc.example")
    at(MONDAY)
    submission = stored_message(name="Canary", message="canary")
    delivery.deliver_due()
    mail.outbox.clear()
    return submission


def look(at, **later):
    moment = MONDAY + timedelta(**later)
    at(moment)
    escalation.raise_due()
    return delivery.deliver_due()


def test_second_person_is_told_after_the_share_of_the_promise(waiting, at):
    assert look(at, minutes=59) == 0
    assert look(at, minutes=60) == 1
    [letter] = mail.outbox
    assert letter.to == ["olga@vtc.example"]
    assert (
        waiting.spoken_reference in letter.body
        and f"/admin/intake/submission/{waiting.pk}/change/" in letter.body
    )
    assert "canary" not in (letter.subject + letter.body).lower()


def test_a_look_does_not_stop_the_alarm_and_is_told(waiting, at, client):
    client.force_login(make_staff(email="ben@vtc.example"))
    other = stored_message(message="other")
    client.get(f"/admin/intake/submission/{waiting.pk}/change/")
    client.get("/admin/intake/submission/")  # a line in a list is no look into it
    look(at, minutes=60)
    lines = {
        each: line
        for each in (waiting, other)
        for letter in mail.outbox
        for line in letter.body.splitlines()
        if each.spoken_reference in line and letter.to == ["olga@vtc.example"]
    }
    assert ", opened: " in lines[waiting] and ", not opened: " in lines[other]


@pytest.mark.parametrize("give_back", ["release", "idle"])
def test_a_claim_that_is_given_back_starts_the_alarm_again(waiting, at, give_back):
    ben = make_staff(email="ben@vtc.example")
    at(MONDAY + timedelta(minutes=10))
    workflow.claim(waiting, by=ben)
    assert look(at, hours=4) == 0
    if give_back == "release":
        workflow.release(waiting, by=ben)
    else:
        at(MONDAY + timedelta(hours=4, minutes=11))
        assert workflow.release_idle() == 1
    assert look(at, hours=4, minutes=12) == 1
    assert mail.outbox[0].to == ["olga@vtc.example"]


def test_alarm_goes_to_the_person_an_owner_chose(waiting, at):
    chosen = make_staff(email="ben@vtc.example")
    IntakeSettings.objects.update(second_person=chosen)
    look(at, minutes=60)
    assert mail.outbox[0].to == ["ben@vtc.example"]


@pytest.mark.parametrize("change", ["left the role", "switched off", "no address"])
def test_alarm_passes_over_a_chosen_person_who_cannot_answer_any_more(waiting, at, change):
    chosen = make_staff(email="" if change == "no address" else "ben@vtc.example")
    IntakeSettings.objects.update(second_person=chosen)
    if change == "left the role":
        chosen.groups.clear()
    chosen.is_active = change != "switched off"
    chosen.save()
    look(at, minutes=60)
    assert mail.outbox[0].to == ["olga@vtc.example"]


def test_alarm_comes_again_each_office_hour_until_somebody_claims(waiting, at):
    look(at, minutes=60)
    assert look(at, minutes=90) == 0
    assert look(at, minutes=121) == 1
    assert look(at, hours=10) == 0  # the office is closed
    workflow.claim(waiting, by=make_staff(email="ben@vtc.example"))
    assert look(at, hours=25) == 0


def test_an_alarm_that_is_not_sent_yet_stops_when_somebody_claims(waiting, at):
    at(MONDAY + timedelta(minutes=60))
    assert escalation.raise_due() == 1
    assert escalation.raise_due() == 0
    workflow.claim(waiting, by=make_staff(email="ben@vtc.example"))
    assert not Notification.objects.filter(kind=ALARM).exists()


def test_an_alarm_is_tried_again_when_the_mail_server_is_down(waiting, at, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert look(at, minutes=60) == 0
    assert Notification.objects.get(kind=ALARM).attempts == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert look(at, minutes=62) == 1


def test_several_alarms_are_one_mail_only_among_themselves(waiting, at):
    for number in range(12):
        stored_message(message=f"more {number}")
    at(MONDAY + timedelta(minutes=61))
    escalation.raise_due()
    while delivery.deliver_due():
        pass
    alarm_mails = [letter for letter in mail.outbox if "Nobody has claimed" in letter.subject]
    assert all(letter.to == ["olga@vtc.example"] for letter in alarm_mails)
    notified = {letter.to[0] for letter in mail.outbox if letter not in alarm_mails}
    assert notified == {"dana@vtc.example", "olga@vtc.example"}


@pytest.mark.parametrize("status", ["claimed", "spam", "closed"])
def test_no_alarm_for_what_somebody_has_seen_to(waiting, at, status):
    Submission.objects.update(status=status)
    assert look(at, minutes=61) == 0


def test_without_a_promise_there_is_no_alarm(at, settings):
    make_staff("Owner", "olga@vtc.example")
    at(MONDAY)
    stored_message()
    at(MONDAY + timedelta(days=3))
    assert escalation.raise_due() == 0
