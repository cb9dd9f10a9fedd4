"""A person who may be in danger and was not reached leaves nobody's sight, unless somebody accepts it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from intake.models import Notification, Submission
from intake.outbox import escalation
from intake.receiving import own_message
from intake.reply_times import PACIFIC
from intake.staff import claims, danger, due, follow_up, same_person, steps, work_lists, workflow
from tests.support.messages import stored_message

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SATURDAY_NIGHT = datetime(2082, 12, 5, 23, tzinfo=PACIFIC)
HOUR = timedelta(hours=1)


@pytest.fixture
def at(monkeypatch):
    def set_clock(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_clock(SATURDAY_NIGHT)
    return set_clock


@pytest.fixture
def message(at):
    return in_danger("I want to die.")


def in_danger(words):
    submission = stored_message(message=words)
    Submission.objects.filter(pk=submission.pk).update(danger="suicide")
    submission.refresh_from_db()
    return submission


def no_answer(submission, by, in_hours, **more):
    due_at = timezone.now() + in_hours * HOUR
    return workflow.log_attempt(
        submission, by=by, channel="call", outcome="no-answer", next_due_at=due_at, **more
    )


@pytest.mark.parametrize("is_theirs", [False, True])
def test_a_call_back_on_monday_needs_a_reason_which_stays_as_a_note(message, ana, ben, is_theirs):
    workflow.claim(message, by=ana)
    with pytest.raises(steps.InDangerError) as asked:
        no_answer(message, ana, 34, is_waiting_for_them=is_theirs)
    assert asked.value.tick == "I accept that nobody looks at it until Monday at 9 a.m."
    assert not message.attempts.exists() and list(work_lists.needs_action(user=ben)) == [message]
    no_answer(message, ana, 34, is_waiting_for_them=is_theirs, why="The police are with them.")
    assert "until Monday at 9 a.m.: The police are with them." in message.notes.get().text
    assert list(work_lists.needs_action(user=ben)) == []


def test_who_was_reached_once_and_not_again_needs_a_reason_too(message, ana, ben):
    workflow.log_attempt(message, by=ana, channel="call", outcome="reached")
    with pytest.raises(steps.InDangerError):
        no_answer(message, ana, 72)
    assert Submission.objects.get().status == "reached"
    no_answer(message, ana, 0)
    assert list(work_lists.needs_action(user=ben)) == [message]


def test_for_an_hour_it_stays_on_top_of_everybodys_list_whoever_has_it(message, ana, ben, at):
    stored_message(message="late", reply_by="call")
    Submission.objects.exclude(pk=message.pk).update(promised_by=SATURDAY_NIGHT - 9 * HOUR)
    no_answer(message, ana, 1)
    row = Submission.objects.get(pk=message.pk)
    assert row.claimed_by == ana and work_lists.needs_action(user=ben).first() == row
    assert due.of(row, SATURDAY_NIGHT).text == "In danger, not reached. Call back tomorrow at 12 a.m."
    workflow.hand_over(row, to=ben, by=ana)
    assert work_lists.needs_action(user=ana).first() == row
    workflow.release(row, by=ben)
    assert claims.claim_next(by=ben) == row


def test_who_goes_away_with_it_loses_it_in_half_an_hour(message, ana):
    workflow.claim(message, by=ana)
    assert claims.release_idle(SATURDAY_NIGHT + timedelta(minutes=31)) == 1


def test_the_alarm_comes_back_at_night_when_the_call_back_is_due(message, ana, at):
    no_answer(message, ana, 1)
    at(SATURDAY_NIGHT + HOUR - timedelta(minutes=1))
    assert escalation.raise_due() == 0
    at(SATURDAY_NIGHT + HOUR)
    assert escalation.raise_due() == 1
    Notification.objects.update(sent_at=timezone.now())
    assert escalation.raise_due() == 0
    at(SATURDAY_NIGHT + 2 * HOUR + timedelta(minutes=1))
    assert escalation.raise_due() == 1
    workflow.log_attempt(message, by=ana, channel="call", outcome="reached")
    at(SATURDAY_NIGHT + 4 * HOUR)
    assert escalation.raise_due() == 0


def test_the_first_call_backs_on_offer_are_soon(message):
    keys = [choice.key for choice in follow_up.choices(message, SATURDAY_NIGHT)]
    assert keys[:2] == ["in-15", "in-60"]
    assert follow_up.choices(stored_message(message="calm"), SATURDAY_NIGHT)[0].key not in keys[:2]


@pytest.mark.parametrize(
    "leave",
    [
        lambda row, **by: workflow.close(row, outcome="other", **by),
        lambda row, **by: workflow.move(row, status="spam", **by),
        lambda row, **by: workflow.move(row, status="referred", **by),
        lambda row, **by: workflow.log_attempt_and_close(
            row, channel="call", outcome="wrong-contact", closed_as="not-reached", **by
        ),
    ],
    ids=["closed", "spam", "referred", "wrong number"],
)
def test_it_ends_unreached_only_with_a_reason(message, ana, leave):
    workflow.claim(message, by=ana)
    with pytest.raises(steps.InDangerError):
        leave(message, by=ana)
    message.refresh_from_db()
    assert message.status == "claimed"
    leave(message, by=ana, why="A test of the fire brigade.")
    message.refresh_from_db()
    assert message.status != "claimed" and "fire brigade" in message.notes.get().text


def test_another_message_of_the_person_does_not_take_it_along(message, ana):
    calm = stored_message(message="calm")
    same_person.confirm(calm, message, by=ana)
    with pytest.raises(steps.InDangerError):
        no_answer(calm, ana, 34)
    with pytest.raises(steps.InDangerError):
        workflow.close(calm, by=ana, outcome="other")


@pytest.mark.parametrize("raised_by", ["staff", "sender"])
def test_who_was_reached_waits_again_when_the_flag_comes_back(at, ana, raised_by):
    message, reached = stored_message(), {"channel": "call", "outcome": "reached"}
    workflow.log_attempt(message, by=ana, **reached, next_due_at=SATURDAY_NIGHT + 34 * HOUR)
    if raised_by == "staff":
        danger.raise_flag(message, by=ana, reason="I heard it.")
    else:
        own_message.add(own_message.Own(message, message.reference), text="I want to die", danger="suicide")
    row = Submission.objects.get()
    assert row.is_not_reached_in_danger and row.due_at == SATURDAY_NIGHT
    assert list(work_lists.needs_action()) == [row]


def test_nobody_is_out_of_reach_before_somebody_tried(ana, at):
    message = stored_message()
    with pytest.raises(workflow.StepRefusedError, match="Nobody has tried"):
        workflow.close(message, by=ana, outcome="not-reached")
    no_answer(message, ana, 1)
    assert workflow.close(message, by=ana, outcome="not-reached").status == "closed"


@pytest.mark.parametrize("closed", [False, True], ids=["taken up", "reopened"])
def test_taking_it_up_for_another_day_needs_a_reason_too(message, ana, ben, closed):
    if closed:
        workflow.claim(message, by=ana)
        workflow.close(message, by=ana, outcome="started-care", why="Their mother has them.")
    monday = {"status": "claimed", "next_due_at": timezone.now() + 34 * HOUR}
    with pytest.raises(steps.InDangerError):
        workflow.move(message, by=ana, **monday)
    workflow.move(message, by=ana, why="The police are with them.", **monday)
    assert list(work_lists.needs_action(user=ben)) == []
