"""An attempt that was logged by mistake is taken back: nothing is erased, and nothing of it counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.models import Attempt, Submission
from intake.receiving import own_message
from intake.staff import mistakes, same_person, tries, workflow
from tests.support.message_screen import act, page_of, text_of
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BUTTON = "That was a mistake: take back"


@pytest.fixture
def message(ana):
    """Claimed by Ana, who logs a try that was none: call back tomorrow."""
    message = stored_message()
    workflow.claim(message, by=ana)
    return message


def log(message, by, outcome="no-answer"):
    due_at = timezone.now() + timedelta(days=1)
    return workflow.log_attempt(message, by=by, channel="call", outcome=outcome, next_due_at=due_at)


@pytest.mark.parametrize("outcome", ["no-answer", "reached"])
def test_count_status_and_due_time_go_back_and_the_timeline_keeps_both(message, ana, outcome):
    before = Submission.objects.get()
    attempt = log(message, ana, outcome)
    row = mistakes.take_back(message, by=ana, key=attempt.pk)
    assert (row.status, row.due_at, tries.number_made(row)) == ("claimed", before.due_at, 0)
    own = own_message.Own(Submission.objects.get(), message.reference)
    assert own_message.status_word(own) == own_message.WORDS["claimed"]
    kinds = [type(each).__name__ for each in workflow.timeline(row)]
    assert kinds == ["TimelineEvent", "Attempt", "TimelineEvent"]
    assert not Attempt.objects.exists() and Attempt.with_mistakes.get().is_taken_back


def test_only_who_logged_it_and_only_for_some_minutes(message, ana, monkeypatch):
    attempt = log(message, ana)
    with pytest.raises(workflow.StepRefusedError, match="by who logged it"):
        mistakes.take_back(message, by=make_staff(email="ben@vtc.example"), key=attempt.pk)
    later = timezone.now() + mistakes.SPAN + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(workflow.StepRefusedError, match="10 minutes"):
        mistakes.take_back(message, by=ana, key=attempt.pk)
    assert Submission.objects.get().status == "tried"


def test_only_the_newest_one(message, ana):
    first, second = log(message, ana), log(message, ana)
    with pytest.raises(workflow.StepRefusedError, match="newest"):
        mistakes.take_back(message, by=ana, key=first.pk)
    mistakes.take_back(message, by=ana, key=second.pk)
    assert mistakes.take_back(message, by=ana, key=first.pk).status == "claimed"


def test_a_released_message_is_new_again(message, ana):
    attempt = log(message, ana)
    workflow.release(message, by=ana)
    row = mistakes.take_back(message, by=ana, key=attempt.pk)
    assert (row.status, row.claimed_by) == ("new", None)


def test_what_the_sender_added_since_stays_on_the_list(message, ana):
    workflow.log_attempt(
        message, by=ana, channel="call", outcome="no-answer", next_due_at=timezone.now() + timedelta(days=3)
    )
    attempt = log(message, ana)
    own_message.add(own_message.Own(message, message.reference), text="Please hurry.")
    assert mistakes.take_back(message, by=ana, key=attempt.pk).due_at <= timezone.now()


def test_it_is_taken_back_from_all_messages_of_the_person(message, ana):
    other = stored_message(message="two")
    same_person.confirm(message, other, by=ana)
    attempt = log(message, ana)
    mistakes.take_back(message, by=ana, key=attempt.pk)
    assert not Attempt.objects.exists()
    assert set(Submission.objects.values_list("status", flat=True)) == {"claimed"}


def test_the_button_stands_beside_the_attempt_of_mine(client, message, ana):
    client.force_login(ana)
    attempt = log(message, ana)
    assert BUTTON in text_of(client.get(page_of(message)))
    page = text_of(act(client, message, "take_back", attempt=attempt.pk))
    assert BUTTON not in page and "(taken back: it was a mistake)" in page and "0 attempt" in page
    assert "Took back an attempt that was logged by mistake" in page
    log(message, ana)
    client.force_login(make_staff(email="ben@vtc.example"))
    assert BUTTON not in text_of(client.get(page_of(message)))
