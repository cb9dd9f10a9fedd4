"""The thank-you page: only for a stored message, useful on paper, and of little use to anybody else."""

import base64
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import DatabaseError
from django.urls import reverse

from intake.models import IntakeSettings, Submission
from intake.receiving import sent_token
from intake.references import DIGITS, LETTERS, new_reference, spoken
from tests.support.messages import filled_in, stored_message

pytestmark = pytest.mark.django_db


def page_after(client, **fields):
    return client.get(client.post("/contact/", filled_in(**fields))["Location"])


def test_reference_and_next_steps_are_shown_when_a_message_is_stored(client):
    answer = page_after(client)
    page = answer.content.decode()
    assert Submission.objects.get().spoken_reference in page
    assert "Thank you. We have your message." in page and "What happens next" in page
    assert 'href="tel:911"' in page and 'href="tel:988"' in page
    assert answer["Cache-Control"] == "no-store" and not answer.cookies


def test_address_and_page_say_nothing_about_the_person(client):
    location = client.post("/contact/", filled_in(name="Canary", message="canary"))["Location"]
    text = location + client.get(location).content.decode()
    for secret in ("Canary", "canary", "555-0100", "treatment&"):
        assert secret not in text.replace("treatment.", "")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"reply_by": "call", "voicemail": "none"},
            "We call you. If you don’t pick up, we leave no voicemail.",
        ),
        ({"reply_by": "call", "voicemail": "name-and-number"}, "we leave only a first name and a number."),
        ({"reply_by": "call", "voicemail": "full"}, "we leave a voicemail and say why we call."),
        ({"reply_by": "text"}, "We text you."),
        ({"reply_by": "email", "email": "sam@example.org"}, "We email you."),
        ({"reply_by": "email"}, "We call you."),
        ({"reply_by": "text", "phone": "", "email": "sam@example.org"}, "We email you."),
        ({"may_name_us": "no"}, "We don’t tell others who we are."),
    ],
)
def test_page_says_how_the_person_is_reached(client, fields, words):
    assert words in " ".join(page_after(client, **fields).content.decode().split())


def test_what_staff_filled_in_is_said_and_nothing_else(client):
    bare = page_after(client).content.decode()
    assert "shows" not in bare and "We try" not in bare
    IntakeSettings.objects.create(reply_time="We answer by noon.", tries=2, caller_id="a private number")
    page = page_after(client).content.decode()
    assert "We answer by noon." in page
    assert "Your phone shows a private number." in page and "We try 2 times, then we stop." in page


@pytest.mark.parametrize(
    "query", ["", "?message=", "?message=KD7MR4TB", "?message=KD7MR4TB:1x:forged", "?message=%00"]
)
def test_nobody_is_thanked_when_no_message_was_stored(client, query):
    answer = client.get(reverse("intake:message_sent") + query)
    assert answer.status_code == 302 and answer["Location"] == "/contact/"


def test_the_address_of_the_page_does_not_show_the_reference(client):
    location = client.post("/contact/", filled_in())["Location"]
    reference = Submission.objects.get().reference
    token = parse_qs(urlsplit(location).query)["message"][0]
    assert reference not in location and reference.encode() not in base64.urlsafe_b64decode(token)
    assert spoken(reference) in client.get(location).content.decode()


def test_reference_is_gone_from_the_page_after_an_hour(client, monkeypatch):
    reference = stored_message().reference
    signed = sent_token.make(reference)
    monkeypatch.setattr(sent_token, "LASTS", timedelta(seconds=-1))
    page = client.get(reverse("intake:message_sent"), {"message": signed}).content.decode()
    assert "Your message was sent" in page and spoken(reference) not in page


def test_page_thanks_when_the_database_is_gone_after_the_commit(client, monkeypatch):
    signed = sent_token.make(stored_message().reference)

    def gone(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(Submission.objects.__class__, "filter", gone)
    page = client.get(reverse("intake:message_sent"), {"message": signed}).content.decode()
    assert "Thank you" in page and "We contact you only in the way you chose." in page


def test_browser_is_told_to_forget_its_copies(client):
    assert reverse("intake:clear_cache") in page_after(client).content.decode()
    answer = client.get(reverse("intake:clear_cache"))
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer["Content-Type"] == "text/css" and answer["Cache-Control"] == "no-store"


def test_reference_is_easy_to_read_aloud():
    for _ in range(200):
        reference = new_reference()
        assert re.fullmatch(f"([{LETTERS}]{{2}}[{DIGITS}]){{2}}[{LETTERS}]{{2}}", reference)
        assert not set(reference) & set("01OIL")
    assert spoken("KD7MR4TB") == "KD7 MR4 TB"
