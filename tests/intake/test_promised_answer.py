"""By when we answer, as a sender is told: live words where no cache keeps them, none until filled in."""

from datetime import datetime, time
from time import time as time_now

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from content import starter
from content.models import Clinic
from intake import reply_times
from intake.forms.message import MessageForm
from intake.models import Closure, IntakeSettings, OfficeHours, Submission
from intake.reply_times import PACIFIC
from tests.support.messages import filled_in, stored_message

pytestmark = pytest.mark.django_db
# So far ahead that pages and hours, which the real clock stamps, are older.
SATURDAY_NIGHT = datetime(2082, 12, 5, 21, tzinfo=PACIFIC)
MONDAY_NOON = datetime(2082, 12, 7, 12, tzinfo=PACIFIC)


def open_on_weekdays(**settings):
    for day in range(5):
        OfficeHours.objects.create(weekday=day, opens_at=time(9), closes_at=time(17))
    IntakeSettings(**({"reply_minutes": 60} | settings)).save()
    reply_times.remember_offered_times()


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the clock."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def words(answer):
    return " ".join(answer.content.decode().split())


def send(**changes):
    return Client().post("/contact/", filled_in(**changes), follow=True)


def test_saturday_night_is_promised_monday_morning(at):
    open_on_weekdays()
    at(SATURDAY_NIGHT)
    page = words(send())
    assert "It is Saturday, 9 p.m. We will call you by Monday at 10 a.m., Pacific time." in page
    assert "Our office is closed now. It opens Monday at 9 a.m. Who is awake now:" in page
    submission = Submission.objects.get()
    assert submission.promised_by == datetime(2082, 12, 7, 10, tzinfo=PACIFIC)
    assert submission.alarm_at == datetime(2082, 12, 7, 9, 30, tzinfo=PACIFIC)


def test_the_promise_is_made_in_spanish(at):
    open_on_weekdays(answers_in_spanish="person")
    at(SATURDAY_NIGHT)
    page = words(Client().post("/es/contacto/", filled_in(), follow=True))
    assert "Es sábado, 9:00 p.m. Le llamamos a más tardar el lunes, 10:00 a.m., hora del Pacífico." in page
    assert "Le contestamos en español." in page


def test_contact_page_says_what_a_message_sent_now_is_promised(at):
    open_on_weekdays()
    at(MONDAY_NOON)
    answer = Client().get("/contact/")
    assert (
        "It is Monday, noon. If you send it now, we will answer by today at 1 p.m., Pacific time."
        in words(answer)
    )
    assert "Our office is open now, until 5 p.m." in words(answer)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "verb"), [({"reply_by": "text"}, "text"), ({"reply_by": "email", "email": "a@b.co"}, "email")]
)
def test_promise_names_the_way_they_chose(at, changes, verb):
    open_on_weekdays()
    at(MONDAY_NOON)
    assert f"We will {verb} you by today at 1 p.m." in words(send(**changes))


def test_a_promise_stays_when_the_hours_change(at):
    open_on_weekdays()
    at(SATURDAY_NIGHT)
    stored_message()
    OfficeHours.objects.all().delete()
    assert Submission.objects.get().promised_by == datetime(2082, 12, 7, 10, tzinfo=PACIFIC)


def break_in_python():
    raise ValueError("818 555 0100")


def break_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column FROM intake_officehours")


@pytest.mark.django_db(transaction=True)  # as in real requests: PostgreSQL gives up on a failed transaction
@pytest.mark.parametrize("fault", [break_in_python, break_in_the_database])
def test_a_message_is_stored_and_thanked_for_when_no_promise_can_be_made(at, monkeypatch, caplog, fault):
    open_on_weekdays()
    at(MONDAY_NOON)
    monkeypatch.setattr(reply_times.Office, "current", fault)
    answer = send()
    assert answer.status_code == 200 and answer.redirect_chain[0][1] == 303
    assert Submission.objects.get().spoken_reference in words(answer) and "call you by" not in words(answer)
    submission = Submission.objects.get()
    assert (submission.promised_by, submission.alarm_at) == (None, None)
    assert "sender of a message was not found: " in caplog.text and "555" not in caplog.text
    assert Client().get("/contact/").status_code == 200


def test_a_closed_day_moves_the_promise(at):
    open_on_weekdays()
    Closure.objects.create(on="2082-12-07")
    at(SATURDAY_NIGHT)
    stored_message()
    assert Submission.objects.get().promised_by == datetime(2082, 12, 8, 10, tzinfo=PACIFIC)


@pytest.mark.once
@pytest.mark.parametrize("filled", ["nothing", "hours", "minutes"])
def test_nothing_is_promised_until_hours_and_minutes_are_filled_in(at, filled):
    if filled == "hours":
        open_on_weekdays(reply_minutes=None)
    if filled == "minutes":
        IntakeSettings(reply_minutes=60).save()
    at(MONDAY_NOON)
    for page in (words(Client().get("/contact/")), words(send())):
        assert "answer by" not in page and "you by" not in page and "We answer within" not in page
        assert ("Our office is open now" in page) is (filled == "hours")
    assert Submission.objects.get().promised_by is None


@pytest.mark.once
def test_pages_that_a_cache_keeps_say_only_what_stays_true(at):
    starter.load()
    open_on_weekdays(reply_minutes=90)
    for moment in (SATURDAY_NIGHT, MONDAY_NOON):
        at(moment)
        page = words(Client().get("/withdrawal/"))
        doors = page.split('class="talk"')[1].split("</section>")[0]
        assert "Send us a message to get started" in doors
        for live in ("It is Saturday", "It is Monday", "answer by", "open now", "closed now"):
            assert live not in doors


def test_only_times_of_day_within_office_hours_are_offered():
    open_on_weekdays()
    page = Client().get("/contact/").content.decode()
    assert 'value="morning"' in page and 'value="afternoon"' in page
    assert 'value="evening"' not in page


def test_a_time_that_an_old_page_sends_is_kept_and_shown():
    open_on_weekdays()
    form = MessageForm(filled_in(best_time="evening"))
    assert form.is_valid() and form.cleaned_data["best_time"] == "evening"
    page = Client().post("/contact/", filled_in(best_time="evening", phone="")).content.decode()
    assert '<option value="evening" selected>' in page


def test_hours_that_another_process_changed_hold_a_second_later(at, monkeypatch):
    open_on_weekdays()
    at(MONDAY_NOON)
    assert "promised_by" in reply_times.promise(MONDAY_NOON)
    OfficeHours.objects.all()._raw_delete("default")  # tells this process nothing
    clock = time_now()
    monkeypatch.setattr("time.time", lambda: clock + 0.5)
    assert "promised_by" in reply_times.promise(MONDAY_NOON)
    monkeypatch.setattr("time.time", lambda: clock + 1.1)
    assert "promised_by" not in reply_times.promise(MONDAY_NOON)


def test_hours_have_one_source_in_both_languages_also_while_the_database_is_down(client, monkeypatch):
    Clinic(phone="(818) 555-0100").save()
    open_on_weekdays()
    OfficeHours.objects.create(weekday=5, opens_at=time(10), closes_at=time(12))
    reply_times.remember_offered_times()
    english = "Monday to Friday, 9 a.m. to 5 p.m.; Saturday, 10 a.m. to noon, Pacific time"
    footer = "(818) 555-0100</a> · "
    assert footer + english in words(client.get("/contact/status/"))
    spanish = "de lunes a viernes, de 9:00 a.m. a 5:00 p.m.; sábado, "
    assert (footer + spanish).casefold() in words(client.get("/es/contacto/")).casefold()
    assert reply_times.hours_in_words() == english
    monkeypatch.setattr(IntakeSettings, "read", broken)
    assert reply_times.hours_in_words() == english


def broken():
    raise DatabaseError


def test_no_hours_are_named_until_an_owner_sets_them():
    assert reply_times.hours_in_words() == ""
