"""The thank-you page: only for a stored message, useful on paper, and of little use to anybody else."""

import base64
import re
from datetime import datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from intake.forms.message import MessageForm
from intake.models import CopyReference, IntakeSettings, Notification, OfficeHours, Submission
from intake.models.references import DIGITS, LETTERS, new_reference, spoken
from intake.receiving import sent_token
from intake.reply_times import PACIFIC
from tests.support.messages import filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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
        (
            {"reply_by": "text", "may_name_us": "no"},
            "We text you. The text gives a first name and asks when you can talk, no more.",
        ),
        ({"reply_by": "email", "email": "sam@example.org"}, "We email you."),
        ({"reply_by": "email", "asked_channel": "email"}, "For that we need a number or address that fits."),
        (
            {"reply_by": "text", "asked_channel": "text", "phone": "", "email": "sam@example.org"},
            "We contact you only in the way you chose.",
        ),
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
    page = answer.content.decode()
    assert answer.status_code == 404 and "We can’t show what you sent." in page and "KD7MR4TB" not in page


def test_the_address_of_the_page_does_not_show_the_reference(client):
    location = client.post("/contact/", filled_in())["Location"]
    reference = Submission.objects.get().reference
    token = parse_qs(urlsplit(location).query)["message"][0]
    assert reference not in location and reference.encode() not in base64.urlsafe_b64decode(token)
    assert spoken(reference) in client.get(location).content.decode()


def test_reference_is_gone_from_the_page_after_an_hour(client, monkeypatch):
    token = sent_token.make(sent_token.Sent(reference="KD7MR4TB", danger="suicide"))
    monkeypatch.setattr(sent_token, "LASTS", timedelta(seconds=-1))
    page = client.get(reverse("intake:message_sent"), {"message": token}).content.decode()
    assert "Your message was sent" in page and "KD7 MR4 TB" not in page
    assert "Add something" not in page and "suicide" not in page.lower()


def test_page_thanks_when_the_database_is_gone_after_the_commit(client, monkeypatch):
    location = client.post("/contact/", filled_in())["Location"]

    def gone(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(Submission.objects.__class__, "filter", gone)
    page = client.get(location).content.decode()
    assert "Thank you" in page and "We call you." in page


@pytest.mark.parametrize("danger", ["", "suicide", "overdose"])
def test_the_length_of_the_address_says_nothing(danger):
    form = MessageForm(filled_in())
    assert form.is_valid()
    sent = sent_token.Sent.of(form.written, reference="KD7MR4TB", danger=danger)
    assert len(sent_token.make(sent)) == len(sent_token.make(sent_token.Sent()))


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


def test_page_opens_with_help_when_words_speak_of_danger(client):
    suicide = page_after(client, message="I want to kill myself").content.decode()
    overdose = page_after(client, message="he is not breathing").content.decode()
    for page in (suicide, overdose):
        assert "<h1>Please talk with someone now.</h1>" in page
        assert page.index('class="wrap levels"') < page.index("Your message is safe with us.")
        assert page.index("Your message is safe with us.") < page.index("Your reference")
        assert 'href="tel:911"' in page and 'href="tel:988"' in page and "/overdose-help/" in page
    assert suicide.index('id="message-suicide"') < suicide.index('id="message-overdose"')
    assert overdose.index('id="message-overdose"') < overdose.index('id="message-suicide"')
    assert Submission.objects.count() == 2


def test_page_says_before_when_nobody_may_read_it(client, monkeypatch):
    OfficeHours.objects.create(weekday=0, opens_at=time(9), closes_at=time(17))
    monkeypatch.setattr(timezone, "now", lambda: datetime(2082, 12, 5, 21, tzinfo=PACIFIC))
    page = words(page_after(client, message="I want to die"))
    assert "We may not read this before Monday at 9 a.m., but these people answer now, day and night." in page


def test_page_is_kind_when_the_clinic_has_filled_in_nothing(client):
    page = words(page_after(client))
    assert "no fixed time for it yet. If you need someone today:" in page
    assert "when you call" not in page


def test_whoever_shares_the_phone_reads_one_order_beside_the_reference(client):
    page = words(page_after(client))
    reference, order = page.index("Your reference"), page.index("Don’t print. Close this page")
    assert reference < order < page.index("Add something, or correct it")
    assert page.count("/using-this-site-safely/") == 2  # the other is in the footer
    assert "or print this page" not in page


def test_page_names_other_help_outside_california(client):
    assert "We can treat only people who are in California." in words(page_after(client, in_california="no"))
    assert "We can treat only" not in words(page_after(client, in_california="yes"))


@pytest.mark.parametrize(
    ("fields", "promise"),
    [
        ({"email": "sam@example.org"}, "You asked for it by email. We send"),
        (
            {"email": "sam arroba example.org", "asked_email": "sam@example.org"},
            "You asked for it by email. We send",
        ),
        ({"email": "sam at work", "asked_email": "sam at work"}, "there is no full address"),
        ({"email": "sam@gmial.com", "asked_email": "sam@gmial.com"}, "there is no full address"),
        ({"email": ""}, "there is no full address"),
    ],
)
def test_a_copy_by_email_is_promised_only_when_one_goes_out(client, fields, promise):
    assert promise in words(page_after(client, email_copy="on", **fields))
    assert Notification.objects.filter(kind="receipt").exists() is ("We send" in promise)


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("message", ["I want to stop.", "I want to die"])
@pytest.mark.parametrize("status", ["new", "claimed", "spam", "closed"])
def test_a_copy_gets_the_same_page_but_for_the_reference(client, monkeypatch, message, status):
    """Whoever repeats another person's fields learns nothing of the first message."""
    for day in range(7):
        OfficeHours.objects.create(weekday=day, opens_at=time(9), closes_at=time(17))
    IntakeSettings(reply_minutes=60, can_delete=True).save()
    fields = {"message": message, "email": "sam@example.org", "email_copy": "on"}
    start = datetime(2082, 12, 5, 10, tzinfo=PACIFIC)
    monkeypatch.setattr(timezone, "now", lambda: start)
    page_after(client, **fields)
    Submission.objects.update(status=status)
    first = Submission.objects.get().reference
    monkeypatch.setattr(timezone, "now", lambda: start + timedelta(minutes=3))
    of_copy = page_after(client, **fields)
    assert spoken(first) not in of_copy.content.decode()
    Submission.objects.all().delete()
    of_first = page_after(client, **fields)
    assert _without_reference(of_copy) == _without_reference(of_first)


def _without_reference(answer):
    page = answer.content.decode()
    assert len(re.findall("<b>[A-Z2-9 ]{10}</b>", page)) == 1
    page = re.sub("<b>[A-Z2-9 ]{10}</b>", "<b>reference</b>", page)
    return re.sub('value="gAAAA[^"]+"', 'value="token"', page)


def test_a_second_tap_gets_the_same_reference(client):
    pages = [page_after(client).content.decode() for _ in range(2)]
    assert all(Submission.objects.get().spoken_reference in page for page in pages)


def test_copies_within_two_minutes_of_each_other_share_a_reference(client, monkeypatch):
    page_after(client)
    Submission.objects.update(received_at=timezone.now() - timedelta(hours=1))
    page_after(client)
    page_after(client)
    assert CopyReference.objects.count() == 1
