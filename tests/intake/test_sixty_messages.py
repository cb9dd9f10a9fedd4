"""A weekend of 60 messages of all kinds, worked through on Monday with the buttons of the screens alone."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intake import reply_times
from intake.models import Closure, IntakeSettings, OfficeHours, Status, Submission
from intake.outbox import danger_alarms, delivery, escalation
from intake.reply_times import PACIFIC
from intake.staff import claims, work_lists
from tests.support.message_screen import act, page_of, text_of
from tests.support.messages import filled_in
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.drill, pytest.mark.timeout(1800)]
SATURDAY_NIGHT = datetime(2082, 12, 5, 21, tzinfo=PACIFIC)
MONDAY, TUESDAY = SATURDAY_NIGHT + timedelta(days=1, hours=12), SATURDAY_NIGHT + timedelta(days=2, hours=12)
KINDS = [
    {},
    {"language": "es", "message": "Quiero dejarlo. ¿Qué pasa primero?"},
    {"message": "I want to kill myself"},
    {"phone": "818 555 0199"},
    {"reply_by": "email", "phone": "", "email": "sam{}@example.com"},
    {"reply_by": "text"},
    {"relay": "yes"},
    {"under_18": "yes"},
    {"message": "Cheap backlinks http://a.example http://b.example http://c.example"},
    {"phone": "818 555 01{:02}"},
    {"reason": "someone-else", "relationship": "my son", "they_know": "no"},
    {"reply_by": "email", "email": "", "asked_channel": "email"},
]


@pytest.fixture
def clock(monkeypatch):
    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(SATURDAY_NIGHT)
    return set_to


@pytest.fixture
def office(clock):
    for day in range(5):
        OfficeHours.objects.create(weekday=day, opens_at=time(9), closes_at=time(17))
    Closure.objects.create(on=MONDAY.date(), reason="A holiday")
    IntakeSettings(reply_minutes=120, tries=3).save()
    reply_times.remember_offered_times()


def write_all():
    for number in range(60):
        kind = {name: value.format(number) for name, value in KINDS[number % len(KINDS)].items()}
        kind = {"message": f"number {number}", "phone": f"213 555 01{number:02}"} | kind
        kind["message"] += f" ({number})"
        sent = Client().post("/contact/", filled_in(**kind))
        assert sent.status_code == 303, (number, kind)


def minutes_later(clock, minutes):
    clock(timezone.now() + timedelta(minutes=minutes))
    for run in (claims.release_idle, escalation.raise_due, danger_alarms.repeat_due, delivery.deliver_due):
        run()


def desk_of(person):
    """Return a browser in which `person` has just signed in: sign-ins end while the clock moves."""
    client = Client()
    client.force_login(person)
    return client


def work(person, number, clock):
    """Take the next message and end it in one of the usual ways; return it, or None at the end."""
    client = desk_of(person)
    answer = client.post("/admin/intake/submission/next/")
    key = re.search(r"submission/(\d+)/change", answer["Location"])
    if key is None:
        return None
    row = Submission.objects.get(pk=key[1])
    page = text_of(act(client, row, "claim_and_show", has_read="yes"))
    for other in re.findall(r'name="other" value="(\d+)"', page):
        assert act(client, row, "same_person", other=other).status_code == 200
    page = text_of(client.get(page_of(row)))
    channel = row.reply_by
    ways = re.findall(r'name="outcome" value="([^"]+)"', page)
    outcome = ways[number % len(ways)]
    step = re.findall(r'name="next_due" value="([^"]+)"', page.split(f'value="{outcome}"')[1])[0]
    fields = {"channel": channel, "outcome": outcome, "next_due": step, "attempts_seen": row.attempts.count()}
    logged = act(client, row, "attempt", is_meant="yes", **fields)
    assert logged.status_code == 200, text_of(logged)[-300:]
    minutes_later(clock, 5)
    return row


def all_on_a_list(people):
    listed = [work_lists.common(), work_lists.suspected(), *map(work_lists.held_by, people)]
    keys = [row.pk for each in listed for row in each]
    waiting = Submission.objects.exclude(status__in=(Status.CLOSED, Status.SPAM))
    return sorted(keys) == sorted(waiting.values_list("pk", flat=True))


def test_sixty_messages_of_a_weekend_all_come_to_an_end(office, clock, mailoutbox):
    people = [make_staff(email=f"{name}@vtc.example") for name in ("ana", "ben")]
    write_all()
    assert not Submission.objects.exclude(promised_by__date=TUESDAY.date()).exists(), "Monday is a holiday"
    minutes_later(clock, 20)
    assert [mail.subject for mail in mailoutbox].count("Please look now") >= 2
    desk = desk_of(people[0])
    desk.get(desk.post("/admin/intake/submission/next/")["Location"])
    assert Submission.objects.get(claimed_by=people[0]).danger

    clock(TUESDAY)
    minutes_later(clock, 1)
    for number in range(200):
        if not work(people[number % 2], number, clock):
            break
        assert all_on_a_list(people)
    assert not work_lists.common().filter(work_lists.is_due(timezone.now())).exists()
    for days in range(1, 15):  # what was to be called again comes back, until it is closed
        clock(TUESDAY + timedelta(days=days))
        minutes_later(clock, 1)
        for person in people:
            for row in work_lists.held_by(person).filter(due_at__lte=timezone.now()):
                act(desk_of(person), row, "close", outcome="answered")
        assert all_on_a_list(people)
        while work(people[0], 4, clock):
            pass
    left = Submission.objects.exclude(status__in=(Status.CLOSED, Status.SPAM))
    assert set(left.values_list("status", flat=True)) <= {Status.SUSPECTED}
