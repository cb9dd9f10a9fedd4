"""Several messages of the list at once: each takes the step by its own verb, and what is refused stays."""

import pytest
from django.urls import reverse

from intake.models import Submission
from intake.staff import workflow
from tests.support.message_screen import page_of, text_of
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = reverse("admin:intake_submission_changelist")


def act_on_all(client, action, **fields):
    keys = list(Submission.objects.values_list("pk", flat=True))
    return client.post(LIST, {"action": action, "_selected_action": keys, **fields}, follow=True)


def test_messages_are_claimed_together_but_not_those_of_a_colleague(dana):
    ben, messages = make_staff(email="ben@vtc.example"), [stored_message(message=str(n)) for n in range(3)]
    workflow.claim(messages[0], by=ben)
    page = text_of(act_on_all(dana, "claim"))
    assert "2 claimed." in page and "ben@vtc.example has already claimed this message" in page
    assert Submission.objects.filter(claimed_by=ben).count() == 1


def test_messages_are_handed_over_together(dana):
    ben = make_staff(email="ben@vtc.example")
    for number in range(2):
        stored_message(message=str(number))
    assert "Choose a colleague" in text_of(act_on_all(dana, "hand_over"))
    assert "2 handed over." in text_of(act_on_all(dana, "hand_over", to=ben.pk))
    assert Submission.objects.filter(claimed_by=ben, is_handed_over=True).count() == 2


def test_messages_are_closed_together(dana):
    for number in range(2):
        stored_message(message=str(number))
    assert "Choose an outcome" in text_of(act_on_all(dana, "close"))
    assert "2 closed." in text_of(act_on_all(dana, "close", outcome="other"))
    assert Submission.objects.filter(status="closed", outcome="other").count() == 2


@pytest.mark.parametrize("odd", ["x", "0", "9" * 40, "a\x00b"])
@pytest.mark.parametrize("action", ["claim", "hand_over", "close"])
def test_a_made_up_colleague_or_outcome_changes_nothing(dana, action, odd):
    stored_message()
    assert act_on_all(dana, action, to=odd, outcome=odd).status_code == 200
    assert Submission.objects.get().status == "new"


@pytest.mark.parametrize(
    "action, words", [("mark_as_spam", "1 marked as spam, 1 left"), ("close", "1 closed, 1 left")]
)
def test_somebody_in_danger_is_left_with_a_link(dana, action, words):
    stored_message(message="one")
    danger = stored_message(message="two")
    Submission.objects.filter(pk=danger.pk).update(danger="overdose")
    page = text_of(act_on_all(dana, action, outcome="other"))
    assert f"{words}: it may be somebody in danger. Open it:" in page
    assert f'<a href="{page_of(danger)}">{danger.spoken_reference}</a>' in page
    danger.refresh_from_db()
    assert danger.status == "new"


def test_who_nobody_tried_to_reach_is_not_closed_as_out_of_reach(dana):
    stored_message()
    page = text_of(act_on_all(dana, "close", outcome="not-reached"))
    assert "0 closed." in page and "Nobody has tried to reach them yet" in page
