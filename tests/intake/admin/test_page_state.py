"""A page that is older than what others did changes nothing, and keeps what was typed."""

import re

import pytest

from intake.models import Submission
from intake.receiving import own_message
from intake.staff import workflow
from tests.support.message_screen import act, page_of, text_of
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def message():
    return stored_message()


@pytest.fixture
def ben():
    return make_staff(email="ben@vtc.example")


def state_of_page(client, message):
    return re.search('name="state" value="([^"]+)"', text_of(client.get(page_of(message))))[1]


@pytest.mark.parametrize(
    "step",
    [
        {"name": "close", "outcome": "answered"},
        {"name": "attempt", "channel": "call", "outcome": "no-answer", "next_due": "now"},
        {"name": "step", "status": "spam"},
        {"name": "release"},
        {"name": "in_danger", "reason": "I worry."},
    ],
    ids=lambda step: step["name"],
)
def test_what_a_colleague_has_taken_over_is_theirs(dana, message, ben, step):
    act(dana, message, "claim")
    state = state_of_page(dana, message)
    workflow.take_over(message, by=ben)
    answer = act(dana, message, state=state, **step)
    assert answer.status_code == 422
    assert "Since you opened this page: ben@vtc.example has this message." in text_of(answer)
    row = Submission.objects.get()
    assert (row.status, row.claimed_by, row.danger, row.attempts.count()) == ("claimed", ben, "", 0)


def test_what_was_typed_is_kept_and_the_page_is_now_new(dana, message, ben):
    state = state_of_page(dana, message)
    workflow.claim(message, by=ben)
    page = text_of(act(dana, message, "close", outcome="answered", state=state))
    assert '<option value="answered" selected>' in page
    new = re.search('name="state" value="([^"]+)"', page)[1]
    act(dana, message, "close", outcome="answered", state=new)
    assert Submission.objects.get().status == "closed"


def test_words_that_came_since_are_read_before_it_is_closed(dana, message):
    state = state_of_page(dana, message)
    own_message.add(own_message.Own(message, message.reference), text="One more thing.")
    page = text_of(act(dana, message, "close", outcome="answered", state=state))
    assert "the sender added something" in page and Submission.objects.get().status == "new"


def test_a_note_is_added_from_any_page_and_my_other_tab_refuses_nothing(dana, message, ben):
    state = state_of_page(dana, message)
    act(dana, message, "claim")
    act(dana, message, "close", outcome="answered", state=state)
    assert Submission.objects.get().status == "closed"
    act(dana, message, "note", text="They called back.", state=state)
    assert message.notes.count() == 1


def test_every_form_that_changes_the_message_carries_the_state(dana, message):
    act(dana, message, "claim_and_show", has_read="yes")
    page = text_of(dana.get(page_of(message)))
    forms = re.findall(r"<form method=.post.(?![^>]*action=)[^>]*>.*?</form>", page)
    free = ('value="note"', 'value="wish"', 'value="detail"')
    acts = [form for form in forms if 'name="act"' in form and not any(each in form for each in free)]
    assert len(acts) > 5 and all('name="state"' in form for form in acts)
