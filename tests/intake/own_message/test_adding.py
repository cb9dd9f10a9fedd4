"""What senders add, correct, or call off afterwards. Nothing stored is ever shown to them."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from intake.models import (
    Addition,
    Notification,
    Submission,
)
from intake.outbox import danger_alarms
from intake.receiving import own_message, sent_token
from tests.support.message_screen import act, page_of, text_of
from tests.support.messages import filled_in, stored_message
from tests.support.own_message import ADD, ADDED, CANARY, two
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def token_of(page):
    return re.search('name="token" value="([^"]+)"', page)[1]


def test_the_page_after_sending_adds_and_leaves_nothing_in_the_address(client):
    page = client.post("/contact/", filled_in(**CANARY), follow=True).content.decode()
    answer = client.post(
        ADD, {"token": token_of(page), "text": "One more thing", "new_phone": "818 555 0199"}
    )
    assert (answer.status_code, answer["Location"].split("?")[0]) == (303, ADDED)
    assert not answer.cookies and answer["Cache-Control"] == "no-store"
    added = Submission.objects.get().additions.values_list("kind", flat=True)
    assert sorted(added) == ["phone", "text"]
    assert Submission.objects.get().phone == "818 555 0142"
    assert Notification.objects.filter(kind="added").count() == 1
    assert "canary" not in client.get("/contact/added/").content.decode().lower()


@pytest.mark.parametrize(
    ("text", "first", "staff_read"),
    [
        ("I want to kill myself", "suicide", "opened with 988, then 911 and the overdose steps"),
        ("he is not breathing", "overdose", "opened with 911 and the overdose steps, then 988"),
        ("I took too many pills and want to die", "overdose", "and of suicide or self-harm. The page after"),
    ],
)
def test_words_of_danger_that_come_later_get_help_first_and_staff_read_what_was_shown(
    client, sent, text, first, staff_read
):
    answer = client.post(ADD, two(sent) | {"text": text})
    page = client.get(answer["Location"]).content.decode()
    assert page.index("Please talk with someone now.") < page.index(f'id="message-{first}"')
    assert page.index("</section>") < page.index("Thank you. We have it.") and text not in page
    assert 'href="tel:911"' in page and 'href="tel:988"' in page
    client.force_login(make_staff())
    page = text_of(client.get(page_of(sent)))
    assert "The page after sending did not open with help" in page
    assert "Added later" in page and staff_read in page


def test_the_address_after_adding_says_nothing_of_danger(client, sent):
    texts = ("One more thing", "I want to kill myself")
    answers = [client.post(ADD, two(sent) | {"text": text})["Location"] for text in texts]
    assert len(answers[0]) == len(answers[1])
    calm = client.get(answers[0]).content.decode()
    assert calm.count("<h1>") == 1 and "Please talk" not in calm
    assert client.get(ADDED, {"message": "forged"}).content.decode() == calm
    assert Submission.objects.get().danger_shown == "" and Submission.objects.get().danger == "suicide"


def test_what_was_found_first_stays_when_something_else_comes_later(client):
    sent = stored_message(message="he is not breathing", danger="overdose")
    client.post(ADD, two(sent, "0100") | {"text": "I want to die"})
    client.force_login(make_staff())
    page = text_of(client.get(page_of(sent)))
    assert "Words of an overdose, and of suicide or self-harm." in page
    assert "The page after sending opened with 911 and the overdose steps, then 988." in page


def test_calling_off_is_a_wish_and_closes_nothing(client, sent):
    page = client.post("/contact/", filled_in(**CANARY), follow=True).content.decode()
    client.post(ADD, {"token": token_of(page), "call_off": "on"})
    sent.refresh_from_db()
    assert sent.status == "new" and sent.additions.get().kind == "call-off"
    client.force_login(make_staff())
    assert "They ask us not to contact them after all" in text_of(client.get(page_of(sent)))


def test_a_corrected_number_stands_with_the_first_and_is_hidden_until_the_safety_note_is_read(client, sent):
    client.post(ADD, two(sent) | {"new_phone": "818 555 0199"})
    client.force_login(make_staff())
    page = text_of(client.get(page_of(sent)))
    assert "They gave another phone number" in page and "0199" not in page
    page = text_of(act(client, sent, "contact", has_read="yes"))
    assert 'href="tel:+18185550199"' in page and "555 0142" in page


def test_a_number_that_came_with_a_copy_is_no_link(client, sent, copy):
    client.post(ADD, two(copy) | {"new_phone": "818 555 0199", "call_off": "on"})
    client.force_login(make_staff())
    page = text_of(act(client, sent, "contact", has_read="yes"))
    assert "tel:+18185550199" not in page and "perhaps somebody else" in page


@pytest.mark.parametrize(("name", "typed"), [("new_phone", "714 555"), ("new_email", "sam@gmail.con")])
def test_a_doubtful_detail_is_asked_about_once(client, sent, name, typed):
    answer = client.post(ADD, two(sent) | {name: typed})
    assert answer.status_code == 422 and f"Is {typed} right?" in answer.content.decode()
    assert not Addition.objects.exists()
    assert client.post(ADD, two(sent) | {name: typed, f"asked_{name}": typed}).status_code == 303


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("new_phone", "sam@example.org", "Enter it as the email address"),
        ("new_email", "818 555 0100", "Enter it as the phone number"),
    ],
)
def test_the_other_kind_of_detail_is_sent_to_a_field_of_this_page(client, sent, name, typed, words):
    assert words in client.post(ADD, two(sent) | {name: typed}).content.decode()


def test_a_text_that_is_too_long_is_one_error(client, sent):
    page = client.post(ADD, two(sent) | {"text": "x" * 6000}).content.decode()
    assert "1,000 characters too long" in page and "Write what you want to add" not in page


def test_a_token_is_over_after_an_hour_and_what_was_typed_stays(client, sent, monkeypatch):
    token = sent_token.make(sent_token.Sent(reference=sent.reference))
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(timezone, "now", lambda: later)
    answer = client.post(ADD, {"token": token, "text": "One more thing"})
    assert answer.status_code == 422 and "One more thing" in answer.content.decode()
    assert "This page no longer knows which message is yours." in answer.content.decode()
    assert not Addition.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "gAAAAABx", "\0"])
def test_a_forged_token_adds_nothing(client, sent, token):
    assert client.post(ADD, {"token": token, "text": "x"}).status_code == 422
    assert not Addition.objects.exists()


def test_an_addition_to_a_finished_message_opens_it_again(client, sent):
    Submission.objects.update(status="closed")
    client.post(ADD, two(sent) | {"call_off": "on"})
    assert Submission.objects.get().status == "closed"
    client.post(ADD, two(sent) | {"text": "Please call me after all"})
    assert Submission.objects.get().status == "new"


def test_words_of_danger_in_an_addition_raise_the_alarm(client, sent):
    client.post(ADD, two(sent) | {"text": "I want to kill myself"})
    assert Submission.objects.get().danger == "suicide"
    assert danger_alarms.unopened().get() == sent


def test_additions_end_for_the_day_with_a_word_and_a_calling_off_gets_in(client, sent, monkeypatch):
    monkeypatch.setattr(own_message, "MAX_ADDED", 2)
    for text in ("One", "Two"):
        assert client.post(ADD, two(sent) | {"text": text}).status_code == 303
    answer = client.post(ADD, two(sent) | {"text": "Three more words"})
    assert answer.status_code == 422
    assert "added a lot today" in answer.content.decode() and "Three more words" in answer.content.decode()
    assert client.post(ADD, two(sent) | {"call_off": "on"}).status_code == 303
    assert client.post(ADD, two(sent) | {"text": "I want to kill myself"}).status_code == 303
    assert sent.additions.filter(kind="text").count() == 3


def test_what_is_added_while_a_notice_waits_needs_no_other(client, sent):
    for text in ("One", "Two", "Three"):
        client.post(ADD, two(sent) | {"text": text})
    assert sent.notifications.filter(kind="added").count() == 1
    sent.notifications.filter(kind="added").update(attempts=1)  # somebody may have read it by now
    client.post(ADD, two(sent) | {"text": "Four"})
    assert sent.notifications.filter(kind="added").count() == 2


def test_storing_an_addition_that_fails_shows_it_again(client, sent, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(own_message, "add", broken)
    answer = client.post(ADD, two(sent) | {"text": "One more thing"})
    assert answer.status_code == 503 and "One more thing" in answer.content.decode()
