"""Who asked us not to contact them is not contacted: no way is green, no call-back, until they say so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.models import Submission
from intake.receiving import own_message
from intake.staff import calling_off, contact_changes, contact_preferences, workflow
from tests.support.message_screen import NUMBER, act, opened, page_of, text_of
from tests.support.messages import stored_message

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORD = "Asked not to be contacted"


def call_off(submission):
    own_message.add(own_message.Own(submission, submission.reference), is_called_off=True)


def call_back(submission, by):
    due_at = timezone.now() + timedelta(days=1)
    return workflow.log_attempt(submission, by=by, channel="call", outcome="no-answer", next_due_at=due_at)


@pytest.fixture(params=["this message", "another of the same number", "staff"])
def message(request, dana):
    """A message that was called off, one way or another."""
    message = stored_message()
    if request.param == "staff":
        contact_changes.add_wish(message, by=dana, said="", may_contact="no")
    else:
        call_off(message if request.param == "this message" else stored_message(message="later"))
    return message


def test_nothing_is_green_and_no_number_is_a_link(message, client, dana):
    client.force_login(dana)
    page = opened(client, message)
    assert WORD in page and "A second person has to agree" in page and "They ask us not to contact" in page
    assert "Safe to call" not in page and 'href="tel:' not in page and NUMBER in page
    assert "Call again then" not in page and "In 2 office hours" not in page


def test_a_call_back_needs_a_second_person(message, dana, ben):
    workflow.claim(message, by=dana)
    with pytest.raises(workflow.StepRefusedError, match="not to contact them"):
        call_back(message, dana)
    contact_changes.agree(message, by=ben, way="call", reason="They are at risk.")
    assert contact_preferences.of(message, dana).channel == "call"
    assert call_back(message, dana)


def test_only_the_words_of_the_person_loosen_it(message, dana):
    with pytest.raises(workflow.StepRefusedError, match="who said it"):
        contact_changes.add_wish(message, by=dana, said="", may_contact="yes")
    contact_changes.add_wish(message, by=dana, said="", reply_by="call")
    assert not contact_preferences.of(message).channel
    contact_changes.add_wish(message, by=dana, said="Sam, on the phone.", may_contact="yes")
    assert contact_preferences.of(message).channel == "call"
    call_off(message)
    assert not contact_preferences.of(message).channel


def test_the_start_page_and_the_list_say_so(message, client, dana):
    client.force_login(dana)
    for address in ("/admin/", "/admin/intake/submission/?due=now"):
        assert WORD in text_of(client.get(address))


def test_an_older_agreement_does_not_hold_after_a_calling_off(dana, ben):
    message = stored_message(reply_by="email", email="sam@example.org")
    Submission.objects.update(email="", email_hash="")
    message.refresh_from_db()
    contact_changes.agree(message, by=ben, way="call")
    assert contact_preferences.of(message, dana).channel == "call"
    call_off(message)
    assert not contact_preferences.of(message, dana).channel


def test_a_list_asks_the_database_twice_however_long_it_is(django_assert_num_queries):
    rows = [stored_message(message=str(number), phone=f"(818) 555-010{number}") for number in range(5)]
    call_off(rows[2])
    with django_assert_num_queries(2):
        assert [row.is_called_off for row in calling_off.mark(rows)] == [False, False, True, False, False]


def test_nobody_else_is_said_to_have_called_off(client, dana):
    message = stored_message()
    call_off(stored_message(message="somebody else", phone="(818) 555-0177"))
    client.force_login(dana)
    page = text_of(act(client, message, "contact", has_read="yes"))
    assert WORD not in page and 'href="tel:' in page and "Safe to call" in page
    assert page_of(message)
