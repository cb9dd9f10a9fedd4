"""Nobody falls off a list: random walks over everything staff can do, and time that passes.

Whatever happens, an open message is on exactly one list, has a due time, and its holder can answer.
"""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from intake.models import Attempt, IntakeSettings, Note, Notification, Status, Submission
from intake.outbox import escalation
from intake.receiving import own_message
from intake.reply_times import PACIFIC, Office
from intake.staff import claims, danger, mistakes, same_person, work_lists, workflow
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
MONDAY = datetime(2082, 12, 7, 9, tzinfo=PACIFIC)
PEOPLE = st.sampled_from(["ana", "ben"])
TRIES = st.sampled_from(Attempt.Outcome.values)
DAYS_LATER = st.sampled_from([None, -1, 0, 1, 30])
REASONS = st.sampled_from(["", "", "I called their ward."])
OUTCOMES = st.sampled_from(Submission.Outcome.values)
MINUTES = st.sampled_from([1, 20, 130, 5 * 60, 40 * 60])


class Walk(RuleBasedStateMachine):
    """One message, or more, and two colleagues who do anything in any order. Refusals are part of it."""

    monkeypatch = None

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now, self.numbers, self.back = MONDAY, count(), 0
        self.monkeypatch.setattr(timezone, "now", lambda: self.now)
        IntakeSettings(reply_minutes=120).save()
        self.people = {name: make_staff(email=f"{name}@vtc.example") for name in ("ana", "ben")}
        self.arrives()

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def do(self, verb, who, **options):
        person = self.people[who]
        if person.is_active:
            with suppress(workflow.StepRefusedError):
                verb(self.message(), by=person, **options)

    def message(self, further_back=0):
        """The message somebody has before them; earlier ones while there are so many."""
        rows = list(Submission.objects.order_by("-pk"))
        return rows[min(self.back + further_back, len(rows) - 1)]

    def later(self, days):
        return None if days is None else self.now + timedelta(days=days)

    @rule()
    def arrives(self):
        stored_message(message=f"number {next(self.numbers)}")

    @rule(back=st.integers(0, 2))
    def turn_to(self, back):
        self.back = back

    @rule(who=PEOPLE, further_back=st.integers(1, 2))
    def confirm_same_person(self, who, further_back):
        self.do(same_person.confirm, who, other=self.message(further_back))

    @rule(who=PEOPLE)
    def separate(self, who):
        self.do(same_person.separate, who)

    @rule()
    def sender_adds(self):
        message = self.message()
        own_message.add(own_message.Own(message, message.reference), text="More.")

    @rule()
    def sender_adds_words_of_danger(self):
        message = self.message()
        own_message.add(own_message.Own(message, message.reference), text="More.", danger="suicide")

    @rule(who=PEOPLE, is_raised=st.booleans())
    def flag(self, who, is_raised):
        self.do(danger.raise_flag if is_raised else danger.lower_flag, who, reason="I talked to them.")

    @rule()
    def looks_like_spam(self):
        Submission.objects.filter(status=Status.NEW).update(status=Status.SUSPECTED)

    @rule(who=PEOPLE)
    def claim(self, who):
        self.do(workflow.claim, who)

    @rule(who=PEOPLE)
    def take_over(self, who):
        self.do(workflow.take_over, who)

    @rule(who=PEOPLE)
    def next_message(self, who):
        if self.people[who].is_active:
            claims.claim_next(by=self.people[who])

    @rule(who=PEOPLE)
    def release(self, who):
        self.do(workflow.release, who)

    @rule(who=PEOPLE, to=PEOPLE)
    def hand_over(self, who, to):
        self.do(workflow.hand_over, who, to=self.people[to])

    @rule(who=PEOPLE, outcome=TRIES, days=DAYS_LATER, is_theirs=st.booleans(), why=REASONS)
    def log_attempt(self, who, outcome, days, is_theirs, why):
        step = {"next_due_at": self.later(days), "is_waiting_for_them": is_theirs, "why": why}
        self.do(workflow.log_attempt, who, channel="call", outcome=outcome, is_meant=True, **step)

    @rule(who=PEOPLE)
    def take_back_an_attempt(self, who):
        newest = self.message().attempts.first()
        self.do(mistakes.take_back, who, key=newest.pk if newest else None)

    @rule(who=PEOPLE, outcome=OUTCOMES)
    def reach_and_close(self, who, outcome):
        attempt = {"channel": "call", "outcome": "reached", "closed_as": outcome}
        self.do(workflow.log_attempt_and_close, who, **attempt)

    @rule(who=PEOPLE)
    def note(self, who):
        self.do(workflow.add_note, who, text="A note.")

    @rule(who=PEOPLE, outcome=OUTCOMES, why=REASONS)
    def close(self, who, outcome, why):
        self.do(workflow.close, who, outcome=outcome, why=why)

    @rule(who=PEOPLE, status=st.sampled_from(Status.values), days=DAYS_LATER, why=REASONS)
    def move(self, who, status, days, why):
        self.do(workflow.move, who, status=status, next_due_at=self.later(days), why=why)

    @rule(who=PEOPLE)
    def switched_off_or_on(self, who):
        person = self.people[who]
        person.is_active = not person.is_active
        person.save()
        if not person.is_active:
            claims.release_all_of(person)

    @rule(minutes=MINUTES)
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)
        claims.release_idle()
        escalation.raise_due()
        Notification.objects.update(sent_at=self.now)

    @invariant()
    def every_open_message_is_on_one_list_with_a_due_time(self):
        lists = [work_lists.common(), work_lists.suspected()]
        lists += [work_lists.held_by(person) for person in self.people.values() if person.is_active]
        listed = sorted(row.pk for each in lists for row in each)
        still_open = Submission.objects.exclude(status__in=(Status.CLOSED, Status.SPAM))
        assert listed == sorted(still_open.values_list("pk", flat=True))
        assert not still_open.filter(due_at=None).exists()
        assert not Submission.objects.filter(claimed_by=None, status=Status.CLAIMED).exists()

    @invariant()
    def open_messages_of_a_person_have_one_holder(self):
        open_rows = Submission.objects.filter(status__in=Status.claimable(), person__isnull=False)
        holders = open_rows.order_by().values_list("person", "claimed_by").distinct()
        assert len(holders) == len({person for person, _ in holders})
        numbers = Counter(Submission.objects.exclude(person=None).values_list("person", flat=True))
        assert 1 not in numbers.values()

    @invariant()
    def who_was_not_reached_in_danger_is_before_everybody(self):
        """Whoever has it; it rests only for the time that somebody accepted, with a reason."""
        rows = Submission.objects.exclude(danger="").exclude(status=Status.SUSPECTED)
        unreached = {row for row in rows if row.is_not_reached_in_danger}
        accepted = Note.objects.filter(submission__in=unreached)
        accepted = {row.submission_id for row in accepted if "I accept" in row.text}
        assert unreached <= {*work_lists.needs_action(self.now)} | {r for r in unreached if r.pk in accepted}

    @invariant()
    def what_is_left_alone_alarms_somebody(self):
        escalation.raise_due()
        told = Notification.objects.filter(
            kind=Notification.Kind.ALARM, created_at__gt=self.now - escalation.AGAIN_AFTER
        )
        alarming = escalation.alarming(self.now)
        if not Office.in_use().is_open(self.now):
            alarming = alarming.filter(escalation.in_danger(self.now))
        assert not alarming.exclude(pk__in=told.values("submission")).exists()


def walk(monkeypatch, *, walks, steps, **more):
    Walk.monkeypatch = monkeypatch
    health = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    terms = settings(
        max_examples=walks,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=health,
        **more,
    )
    run_state_machine_as_test(Walk, settings=terms)


def test_nobody_falls_off_a_list_on_a_short_walk(monkeypatch):
    walk(monkeypatch, walks=15, steps=12, derandomize=True)  # `make drill` goes other ways each time


@pytest.mark.drill
@pytest.mark.timeout(3600)
def test_nobody_falls_off_a_list_on_a_long_walk(monkeypatch):
    walk(monkeypatch, walks=1000, steps=50)
