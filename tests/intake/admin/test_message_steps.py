"""Everyday steps on the message screen: claim and show, log and close, next message, one person."""

from datetime import datetime

import pytest
from django.urls import reverse

from content.models import Clinic
from intake.models import (
    AccessLogEntry,
    Attempt,
    Submission,
)
from intake.reply_times import PACIFIC
from intake.staff import due, workflow
from tests.support.message_screen import NUMBER, act, page_of, text_of
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_message_is_claimed_and_its_contact_shown_in_one_step(dana):
    submission = stored_message()
    page = text_of(act(dana, submission, "claim_and_show", has_read="yes"))
    assert "Claimed by you" in page and NUMBER in page
    assert act(dana, stored_message(message="two"), "claim_and_show").status_code == 422  # not read
    assert Submission.objects.latest("pk").claimed_by is None


def test_what_a_colleague_has_is_shown_and_logged_only_after_taking_it_over(dana):
    submission, ben = stored_message(), make_staff(email="ben@vtc.example")
    act(dana, submission, "contact", has_read="yes")
    workflow.claim(submission, by=ben)
    page = text_of(dana.get(page_of(submission)))
    assert "ben@vtc.example has this message." in page and NUMBER not in page and "Log an attempt" not in page
    attempt = {"channel": "call", "outcome": "no-answer", "next_due": "now"}
    assert act(dana, submission, "attempt", **attempt).status_code == 422
    assert act(dana, submission, "contact", has_read="yes").status_code == 422
    page = text_of(act(dana, submission, "take_over", has_read="yes"))
    assert "Claimed by you" in page and NUMBER in page and "Taken over from ben@vtc.example" in page


def test_next_message_is_the_oldest_that_nobody_has(dana):
    old, new = stored_message(message="old"), stored_message(message="new")
    address = reverse("admin:intake_submission_next")
    assert dana.post(address).headers["Location"] == page_of(old)
    assert dana.post(address).headers["Location"] == page_of(new)
    assert dana.post(address).headers["Location"] == "/admin/"
    assert {row.claimed_by.email for row in Submission.objects.all()} == {"dana@vtc.example"}


@pytest.mark.parametrize("outcome, closed_as", [("reached", "answered"), ("wrong-contact", "not-reached")])
def test_an_attempt_closes_the_message_in_the_same_step(dana, outcome, closed_as):
    submission = stored_message()
    act(dana, submission, "attempt", channel="call", outcome=outcome, next_due=f"close-{closed_as}")
    row = Submission.objects.get()
    assert (row.status, row.outcome, row.attempts.get().outcome) == ("closed", closed_as, outcome)


def test_only_outcomes_that_fit_the_channel_are_offered(dana):
    submission = stored_message(reply_by="text", may_name_us="yes")
    page = text_of(dana.get(page_of(submission)))
    assert "Sent, no answer yet</summary>" in page and "No answer, no voicemail left" not in page
    page = text_of(dana.get(page_of(submission), {"channel": "call"}))
    assert "No answer, no voicemail left</summary>" in page and "Sent, no answer yet" not in page


@pytest.mark.parametrize("typed", ["9 am", "9 a.m.", "9AM", "09:00", "9:00 am"])
def test_a_call_back_comes_at_any_day_and_time_that_is_typed(dana, typed):
    submission = stored_message()
    step = {"next_due": "at", "day": "2082-12-07", "time": typed, "is_far_meant": "yes"}
    act(dana, submission, "attempt", channel="call", outcome="reached", **step)
    row = Submission.objects.get()
    assert row.due_at == datetime(2082, 12, 7, 9, tzinfo=PACIFIC) and row.status == "reached"


@pytest.mark.parametrize(
    "step", [{}, {"day": "2082-12-07"}, {"day": "2020-12-07", "time": "9 am"}, {"time": "x"}]
)
def test_a_call_back_without_a_time_to_come_is_refused(dana, step):
    answer = act(dana, stored_message(), "attempt", channel="call", outcome="reached", next_due="at", **step)
    assert answer.status_code == 422 and not Attempt.objects.exists()


def test_a_message_waits_for_them_until_a_day_and_then_comes_back(dana, monkeypatch):
    submission = stored_message()
    step = {"next_due": "wait", "day": "2082-12-07", "is_far_meant": "yes"}  # a Monday
    page = text_of(act(dana, submission, "attempt", channel="call", outcome="reached", **step))
    assert "Waiting for them until Monday, December 7, 2082, at 9 a.m." in page
    later = datetime(2082, 12, 7, 9, 1, tzinfo=PACIFIC)
    assert due.of(Submission.objects.get(), later).text == "They did not answer: next step now"


def test_a_third_try_in_a_minute_is_questioned(dana):
    submission = stored_message()
    attempt = {"channel": "call", "outcome": "no-answer", "next_due": "now"}
    for _ in range(2):
        act(dana, submission, "attempt", **attempt)
    asked = act(dana, submission, "attempt", **attempt)
    assert asked.status_code == 422 and 'name="is_meant"' in text_of(asked)
    act(dana, submission, "attempt", is_meant="yes", **attempt)
    assert Attempt.objects.count() == 3


def test_notes_stand_beside_the_safety_note(dana):
    page = text_of(act(dana, stored_message(), "note", text="Speaks low"))
    order = ("safety-title", "written-title", "Speaks low", "attempt-title")  # on a phone; wide: beside it
    assert [*sorted(order, key=page.index)] == list(order)


def test_messages_of_a_person_are_joined_shown_together_and_separated(dana):
    one, two = stored_message(message="First words."), stored_message(message="Second words.")
    page = text_of(dana.get(page_of(one)))
    assert "Second words." not in page and "Families share phones" in page
    page = text_of(act(dana, one, "same_person", other=two.pk))
    assert "Second words." in page and "2 messages of this person" in page
    assert AccessLogEntry.objects.filter(reference=two.reference, kind="detail").exists()
    act(dana, two, "note", text="Calls from work.")
    assert f"on {two.spoken_reference}" in text_of(dana.get(page_of(one)))
    assert text_of(dana.get("/admin/")).count("2 messages of this person") == 1
    listed = text_of(dana.get("/admin/intake/submission/?due=now"))
    assert "(2 messages)" in listed and two.reference not in listed
    assert two.reference in text_of(dana.get("/admin/intake/submission/"))
    page = text_of(act(dana, one, "separate"))
    assert "Second words." not in page and f"No longer the same person as {two.spoken_reference}" in page
    assert act(dana, one, "same_person", other="x").status_code == 422


def test_a_wrong_number_is_not_tried_again(dana):
    submission = stored_message()
    act(dana, submission, "claim")
    page = text_of(dana.get(page_of(submission)))
    wrong = page.split("Wrong number or address</summary>")[1].split("</details>")[0]
    assert "Keep it, and look for another way" in wrong and "Next business day" not in wrong
    assert "Call again" not in wrong and 'name="time"' not in wrong
    fields = {"channel": "call", "outcome": "wrong-contact"}
    assert act(dana, submission, "attempt", next_due="tomorrow", **fields).status_code == 422
    page = text_of(act(dana, submission, "attempt", next_due="now", **fields))
    assert "it is not tried again" in page
    assert "Next business day" not in page and "Call again" not in page
    act(dana, submission, "detail", kind="phone", value="818 555 0155")
    assert "Next business day" in text_of(dana.get(page_of(submission)))


def test_an_email_begins_with_the_first_name_and_our_number(dana):
    Clinic.objects.update_or_create(pk=1, defaults={"phone": "(818) 555-0111"})
    submission = stored_message(reply_by="email", email="sam@example.com", may_name_us="yes")
    act(dana, submission, "claim_and_show", has_read="yes")
    body = text_of(dana.get(page_of(submission))).split('name="body"')[1].split("</textarea>")[0]
    assert "Hello Sam," in body and "(818) 555-0111" in body and "[" not in body


def test_a_call_back_of_another_year_is_questioned_and_shows_its_year(dana):
    submission = stored_message()
    step = {"channel": "call", "outcome": "reached", "next_due": "at", "day": "2082-12-07", "time": "9 am"}
    asked = act(dana, submission, "attempt", **step)
    page = text_of(asked)
    assert asked.status_code == 422 and "That is in 2082. Is the year right?" in page
    assert 'name="is_far_meant"' in page and 'name="day" value="2082-12-07"' in page
    page = text_of(act(dana, submission, "attempt", **step, is_far_meant="yes"))
    assert "Call back Monday, December 7, 2082, at 9 a.m." in page and "try again Mon, Dec 7, 2082" in page
