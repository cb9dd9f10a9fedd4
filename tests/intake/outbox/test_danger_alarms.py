"""Words of danger: staff are told at once and at any hour, again and again until a person has looked."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from intake.models import AccessLogEntry, Notification, Submission
from intake.outbox import danger_alarms, delivery
from tests.support.messages import filled_in, stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
DANGER = {"message": "Canary: I want to kill myself", "name": "Canary"}
START = timezone.now() + timedelta(days=1)


@pytest.fixture(autouse=True)
def at(monkeypatch, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make_staff(email="dana@vtc.example")
    make_staff("Owner", email="olga@vtc.example")

    for model, name in ((AccessLogEntry, "at"), (Notification, "created_at")):
        field = model._meta.get_field(name)
        monkeypatch.setitem(field.__dict__, "_get_default", lambda: timezone.now())

    def go(**later):
        monkeypatch.setattr(timezone, "now", lambda: START + timedelta(**later))

    go()
    return go


def round_of_the_background():
    danger_alarms.repeat_due()
    mail.outbox.clear()
    delivery.deliver_due()
    return [letter for letter in mail.outbox if letter.subject == "Please look now"]


def received(client, **fields):
    client.post("/contact/", filled_in(**fields))
    return Submission.objects.latest("pk")


def test_staff_and_the_second_person_are_told_at_once_although_no_office_is_open(client):
    submission = received(client, **DANGER)
    assert submission.danger == "suicide"
    letters = round_of_the_background()
    assert sorted(letter.to[0] for letter in letters) == ["dana@vtc.example", "olga@vtc.example"]
    text = letters[0].subject + letters[0].body
    assert submission.spoken_reference in text and f"/submission/{submission.pk}/change/" in text
    for secret in ("canary", "kill", "danger", "suicid"):
        assert secret not in text.lower()


def test_suspected_spam_is_no_reason_to_wait(client):
    submission = received(client, **DANGER, leave_this_empty="x")
    assert submission.status == "suspected"
    assert len(round_of_the_background()) == 2


def test_the_email_comes_again_every_15_minutes_until_somebody_has_opened_it(client, at):
    submission = received(client, **DANGER)
    assert round_of_the_background()
    at(minutes=14)
    assert not round_of_the_background()
    for minutes in (16, 32, 48):
        at(minutes=minutes)
        assert round_of_the_background(), minutes
        assert not round_of_the_background()
    ben = make_staff(email="ben@vtc.example")
    client.force_login(ben)
    client.get("/admin/intake/submission/")  # a line in a list is no look into it
    at(minutes=64)
    assert round_of_the_background()
    client.force_login(ben)
    assert client.get(f"/admin/intake/submission/{submission.pk}/change/").status_code == 200
    at(minutes=81)
    assert not round_of_the_background()


def test_however_many_there_are_a_round_is_one_email(client):
    for number in range(40):
        received(client, message=f"{number} I want to die")
    letters = [letter for letter in round_of_the_background() if letter.to == ["dana@vtc.example"]]
    assert len(letters) == 1
    assert letters[0].body.count("/change/") == 30 and "and 10 more" in letters[0].body
    assert not Notification.objects.filter(sent_at=None).exists()


def test_a_flood_of_other_messages_does_not_hold_it_up(client):
    for number in range(30):
        stored_message(message=f"hello {number}")
    round_of_the_background()
    received(client, **DANGER)
    assert round_of_the_background()


def test_nor_does_it_hold_up_a_wish_not_to_be_called(client):
    for number in range(30):
        stored_message(message=f"hello {number}")
    round_of_the_background()
    off = stored_message(message="Canary", phone="818 555 0142")
    client.post("/contact/add/", {"reference": off.reference, "contact": "0142", "call_off": "on"})
    round_of_the_background()
    letter = next(letter for letter in mail.outbox if letter.subject == "Please don’t contact: a message")
    assert off.spoken_reference in letter.body and "canary" not in letter.body.lower()


def test_after_many_emails_in_an_hour_each_waits_a_minute_at_the_most(client, at):
    for number in range(delivery.FREE_PER_HOUR):
        received(client, message=f"{number} I want to die")
        assert round_of_the_background()
    received(client, message="last: I want to die")
    assert not round_of_the_background()
    at(seconds=61)
    assert round_of_the_background()


def test_a_mail_server_that_is_down_is_asked_again_every_minute(client, at, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    received(client, **DANGER)
    for minute in range(12):
        at(minutes=2 * minute)
        delivery.deliver_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    at(minutes=25)
    assert round_of_the_background()


def test_no_words_of_danger_no_alarm(client):
    submission = received(client, message="This habit is killing me.")
    assert submission.danger == ""
    assert not round_of_the_background()
