"""The verbs on a message: only allowed steps, one holder at a time, everything in the timeline."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.models import Attempt, IntakeSettings, Submission, TimelineEvent
from intake.staff import claims, steps, work_lists, workflow
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
Status = Submission.Status


def make_submission(message="Hello", **fields):
    submission = stored_message(message=message)
    Submission.objects.filter(pk=submission.pk).update(**fields)
    submission.refresh_from_db()
    return submission


def make_user(name="ana"):
    return make_staff(email=f"{name}@vtc.example")


def no_answer(submission, by, **options):
    return workflow.log_attempt(
        submission, by=by, channel="call", outcome=Attempt.Outcome.NO_ANSWER, **options
    )


def test_a_message_is_claimed_tried_reached_and_closed():
    submission, ana = make_submission(), make_user()
    workflow.claim(submission, by=ana)
    no_answer(submission, ana)
    workflow.log_attempt(submission, by=ana, channel="call", outcome=Attempt.Outcome.REACHED)
    row = workflow.close(submission, by=ana, outcome=Submission.Outcome.ANSWERED)
    assert (row.status, row.outcome, row.claimed_by) == (Status.CLOSED, "answered", None)
    assert [type(act).__name__ for act in workflow.timeline(row)] == [
        "TimelineEvent",
        "Attempt",
        "Attempt",
        "TimelineEvent",
    ]


def test_a_message_that_a_colleague_holds_cannot_be_claimed():
    submission, ana, ben = make_submission(), make_user("ana"), make_user("ben")
    workflow.claim(submission, by=ana)
    with pytest.raises(workflow.StepRefusedError, match=r"ana@vtc\.example has already claimed"):
        workflow.claim(submission, by=ben)
    workflow.hand_over(submission, to=ben, by=ana)
    assert Submission.objects.get().claimed_by == ben


@pytest.mark.parametrize("status", [Status.CLOSED, Status.SPAM])
def test_a_page_older_than_a_colleague_s_step_claims_nothing(status):
    submission, before = make_submission(), make_submission(status=status, outcome="answered")
    with pytest.raises(workflow.StepRefusedError, match="nobody can claim"):
        workflow.claim(submission, by=make_user())
    before.refresh_from_db()
    assert (before.status, before.claimed_by, before.outcome) == (status, None, "answered")


def test_an_idle_claim_goes_back_by_itself():
    submission, ana = make_submission(), make_user()
    workflow.claim(submission, by=ana)
    assert claims.release_idle() == 0
    assert claims.release_idle(timezone.now() + steps.IDLE_CLAIM + timedelta(minutes=1)) == 1
    row = Submission.objects.get()
    assert (row.status, row.claimed_by) == (Status.NEW, None)
    assert TimelineEvent.objects.first().author_name == ""


def test_a_claim_that_is_renewed_at_the_last_moment_stays(monkeypatch):
    one, two, ana, release = make_submission(), make_submission("Two"), make_user(), workflow.release
    for each in (one, two):
        workflow.claim(each, by=ana)
    later = timezone.now() + 2 * steps.IDLE_CLAIM
    monkeypatch.setattr(timezone, "now", lambda: later)

    def release_while_ana_works_on_the_other(row, **options):
        workflow.add_note(two if row == one else one, by=ana, text="On the phone.")
        return release(row, **options)

    monkeypatch.setattr(workflow, "release", release_while_ana_works_on_the_other)
    assert claims.release_idle() == 1
    assert Submission.objects.filter(claimed_by=ana).count() == 1


def test_a_later_call_back_is_hidden_until_it_is_due():
    submission, ana, now = make_submission(), make_user(), timezone.now()
    no_answer(submission, ana, next_due_at=now + timedelta(days=1))
    workflow.release(submission, by=ana)
    assert list(work_lists.needs_action(now + timedelta(minutes=1))) == []
    assert list(work_lists.needs_action(now + timedelta(days=1, minutes=1))) == [submission]


def test_what_needs_action_begins_with_the_oldest_promise():
    now = timezone.now()
    late = make_submission(message="a", promised_by=now + timedelta(hours=2))
    soon = make_submission(message="b", promised_by=now + timedelta(hours=1))
    assert list(work_lists.needs_action()) == [soon, late]


def test_no_more_tries_than_the_form_promises():
    IntakeSettings(tries=2).save()
    submission, ana = make_submission(), make_user()
    no_answer(submission, ana)
    no_answer(submission, ana)
    with pytest.raises(workflow.StepRefusedError, match="try 2 times"):
        no_answer(submission, ana, is_meant=True)
    reached = {"channel": "call", "outcome": Attempt.Outcome.REACHED, "is_meant": True}
    workflow.log_attempt(submission, by=ana, **reached)


def test_who_was_reached_can_be_reached_again():
    submission, ana = make_submission(), make_user()
    for _ in range(2):
        workflow.log_attempt(submission, by=ana, channel="call", outcome=Attempt.Outcome.REACHED)
    assert submission.attempts.count() == 2 and Submission.objects.get().status == Status.REACHED


def test_closing_asks_how_it_ended():
    submission, ana = make_submission(), make_user()
    workflow.claim(submission, by=ana)
    with pytest.raises(workflow.StepRefusedError, match="an outcome"):
        workflow.close(submission, by=ana, outcome="")


@pytest.mark.once
@pytest.mark.parametrize("status", Status.values)
def test_only_allowed_steps_are_taken(status):
    ana = make_user()
    for wanted in Status.values:
        submission = make_submission(message=f"{status} {wanted}", status=status)
        if wanted in steps.ALLOWED[status]:
            assert workflow.move(submission, by=ana, status=wanted).status == wanted
        else:
            with pytest.raises(workflow.StepRefusedError):
                workflow.move(submission, by=ana, status=wanted)
