"""What /contact/ answers: the form, the thank-you redirect, or the text again."""

import html
import re

import pytest
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from content.models import Clinic
from intake.models import Reason, Submission
from intake.receiving import storing, views
from tests.support.messages import filled_in

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def broken(*args, **kwargs):
    raise DatabaseError("disk full while storing canary")


def test_form_is_shown_and_nothing_is_kept_when_it_is_asked_for(client):
    answer = client.get("/contact/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert b'action="/contact/"' in answer.content
    assert b"csrfmiddlewaretoken" not in answer.content


def test_stored_message_leads_to_the_thank_you_page_without_a_cookie():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/contact/", filled_in())
    assert answer.status_code == 303
    assert answer["Location"].startswith(reverse("intake:message_sent"))
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert Submission.objects.get().status == Submission.Status.NEW


def test_address_without_slash_takes_the_message_too(client):
    assert client.post("/contact", filled_in()).status_code == 303


def test_text_is_shown_again_when_there_is_no_way_to_reach_the_person(client):
    answer = client.post("/contact/", filled_in(phone="", message="My <b>son</b>\nneeds help"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Send us a message" in page
    assert "Your message isn’t sent yet" in page and "Nothing you wrote is lost" in page
    assert '<a href="#id_phone">Enter a phone number' in page
    assert "My &lt;b&gt;son&lt;/b&gt;\nneeds help</textarea>" in page
    assert 'value="Sam Rivers"' in page
    assert not Submission.objects.exists()


def test_form_asks_for_a_way_to_reach_the_person_when_it_was_sent_empty(client):
    answer = client.post("/contact/", dict.fromkeys(["message", "phone", "email"], ""))
    assert answer.status_code == 422
    assert '<a href="#id_reply_by_0">Choose one, then enter your number' in answer.content.decode()


@pytest.mark.parametrize("is_page_broken", [False, True])
def test_text_is_shown_again_with_crisis_lines_when_it_cannot_be_stored(
    client, monkeypatch, caplog, is_page_broken
):
    monkeypatch.setattr(storing.Submission.objects.__class__, "bulk_create", broken)
    if is_page_broken:
        monkeypatch.setattr(views, "render", broken)
    answer = client.post("/contact/", filled_in(message="My canary & <i>me</i>"))
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "<title>Not sent" in page and "Your message isn’t sent" in page
    assert "My canary &amp; &lt;i&gt;me&lt;/i&gt;" in page and "Sam Rivers" in page
    assert 'href="tel:911"' in page and 'href="tel:988"' in page
    assert "Thank you" not in page
    assert answer["Cache-Control"] == "no-store"
    assert not Submission.objects.exists()
    assert "canary" not in caplog.text and "DatabaseError" in caplog.text


@pytest.mark.parametrize("is_all_broken", [False, True])
def test_plainest_page_names_the_phone_of_the_clinic_if_it_can_be_known(client, monkeypatch, is_all_broken):
    Clinic.objects.create(phone="714-555-0100")
    monkeypatch.setattr(storing.Submission.objects.__class__, "bulk_create", broken)
    monkeypatch.setattr(views, "render", broken)
    if is_all_broken:
        monkeypatch.setattr("content.caching.site_facts.at_hand", broken)
    page = client.post("/contact/", filled_in(message="My canary")).content.decode()
    assert ("tel:+17145550100" in page) is not is_all_broken
    assert "My canary" in page and "Your message isn’t sent" in page and 'href="tel:988"' in page


def test_page_that_was_not_sent_can_be_sent_again_with_the_same_fields(client, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(storing.Submission.objects.__class__, "bulk_create", broken)
        patch.setattr(views, "render", broken)
        page = client.post("/contact/", filled_in(voicemail="full", message="One\ntwo")).content.decode()
    fields = dict(re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', page))
    fields["message"] = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1]
    assert client.post("/contact/", fields).status_code == 303
    stored = Submission.objects.get()
    assert (stored.voicemail, stored.message, stored.name) == ("full", "One\ntwo", "Sam Rivers")


def test_longest_message_of_emoji_is_stored(client):
    text = ("🙏🏽 \n" * 2000)[:5000].strip()
    assert client.post("/contact/", filled_in(message=text)).status_code == 303
    assert Submission.objects.get().message == text


def test_nul_and_half_characters_are_dropped_and_the_message_is_stored(client):
    body = b"phone=818+555+0100&message=a%00b%ED%A0%80c"
    assert client.post("/contact/", body, content_type=FORM).status_code == 303
    assert Submission.objects.get().message.startswith("ab")


@pytest.mark.once
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)("/contact/").status_code == 405


def test_head_is_answered_like_get(client):
    assert client.head("/contact/").status_code == 200


@pytest.mark.once
@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({}, "unknown"),
        ({"Origin": "null"}, "unknown"),
        ({"Origin": "http://testserver"}, "same"),
        ({"Origin": "http://testserver.evil.example"}, "foreign"),
        ({"Origin": "https://testserver"}, "foreign"),
        ({"Sec-Fetch-Site": "same-origin"}, "same"),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, "foreign"),
        ({"Sec-Fetch-Site": "same-site"}, "foreign"),
        ({"Sec-Fetch-Site": "none"}, "unknown"),
        ({"Sec-Fetch-Site": "none", "Origin": "null"}, "unknown"),
    ],
)
def test_message_is_stored_wherever_it_was_sent_from_and_labeled(headers, origin):
    answer = Client(enforce_csrf_checks=True).post("/contact/", filled_in(), headers=headers)
    assert answer.status_code == 303
    assert Submission.objects.get().origin == origin


@pytest.mark.once
@pytest.mark.parametrize("reason", Reason.values)
def test_a_door_opens_the_form_with_its_answer_to_the_first_question(client, reason):
    page = client.get("/contact/", {"reason": reason}).content.decode()
    assert re.findall(r'name="reason" value="([\w-]+)"[^>]* checked', page) == [reason]


def test_a_door_that_nobody_made_chooses_nothing_and_is_not_repeated(client):
    page = client.get("/contact/", {"reason": "<b>x"}).content.decode()
    assert not re.search(r'name="reason"[^>]* checked', page)
    assert "&lt;b&gt;x" not in page and "<b>x" not in page


def test_the_doors_are_the_form_s_own_answers():
    page = render_to_string("components/talk.html")
    doors = re.findall(r'href="/contact/\?reason=([\w-]+)">(.*?)</a>', page)
    labels = dict(Reason.choices)
    assert len(doors) == 4 and all(labels[value] == html.unescape(words) for value, words in doors)
    assert "Send us a message to get started" in page
