"""What senders do afterwards: add, correct, call off, ask, delete. Nothing stored is ever shown to them."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from intake.models import (
    Addition,
    CopyReference,
    DailyCount,
    Deletion,
    IntakeSettings,
    Notification,
    Submission,
)
from intake.outbox import danger_alarms
from intake.receiving import own_message, sent_token
from tests.support.message_screen import act, page_of, text_of
from tests.support.messages import filled_in, stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
CANARY = {"name": "Canary", "phone": "818 555 0142", "message": "canary"}
ADD, ADDED, STATUS, DELETE = "/contact/add/", "/contact/added/", "/contact/status/", "/contact/delete/"
YES = {"is_sure": "on"}


@pytest.fixture
def sent():
    return stored_message(**CANARY)


@pytest.fixture
def copy(sent):
    return CopyReference.objects.create(submission=sent)


def two(sent, contact="0142"):
    return {"reference": sent.reference, "contact": contact}


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


@pytest.mark.parametrize("contact", ["0142", "(818) 555-0142", "+1 818 555 0142", "SAM@example.org "])
def test_either_contact_detail_finds_the_message(client, contact):
    sent = stored_message(**CANARY, email="sam@example.org")
    answer = client.post(STATUS, {"reference": sent.spoken_reference.lower(), "contact": contact})
    assert "<b>received</b>" in answer.content.decode()
    assert "canary" not in answer.content.decode().lower()


TYPED_REFERENCES = [
    "{} ",
    "Reference: {}",
    "Mi referencia es {}. Gracias",
    "\u202e{}\u202c",
    "#{}",
]


@pytest.mark.parametrize("around", TYPED_REFERENCES)
@pytest.mark.parametrize("between", ["", "-", "–", " . "])
def test_a_reference_is_read_however_it_was_copied(client, sent, around, between):
    spoken = between.join(sent.spoken_reference.lower().split())
    answer = client.post(STATUS, two(sent) | {"reference": around.format(spoken)})
    assert "<b>received</b>" in answer.content.decode()


def test_a_reference_in_the_signs_of_another_keyboard_is_read(client, sent):
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in sent.reference)
    arabic = sent.reference.translate({0x30 + digit: 0x660 + digit for digit in range(10)})
    for reference in (wide, arabic):
        assert client.post(STATUS, two(sent) | {"reference": reference}).status_code == 200


@pytest.mark.parametrize(
    ("given", "typed"),
    [
        ("818 555 0142", "555-0142"),
        ("818 555 0142 or 818 555 0143", "0142"),
        ("818 555 0142 or 818 555 0143", "0143"),
        ("818 555 0142 ext 12", "0142"),
        ("555-0142", "5550142"),
        ("ocho uno ocho", "Ocho uno ocho"),
    ],
)
def test_a_number_is_known_by_its_end_whatever_else_was_given(client, given, typed):
    assert client.post(STATUS, two(stored_message(phone=given, asked_phone=given), typed)).status_code == 200


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reference": "KD7"}, "reference"),
        ({"reference": "0142"}, "reference"),
        ({"reference": "😀"}, "reference"),
        ({"reference": "٧١٤"}, "reference"),
        ({"reference": "https://example.org/contact/sent/?message=gAAAAABrCms962p8lBX5Aw"}, "reference"),
        ({"contact": "142"}, "contact"),
    ],
)
def test_what_can_be_seen_to_be_wrong_is_said_beside_its_field_and_is_no_try(client, sent, fields, field):
    page = client.post(STATUS, two(sent) | fields).content.decode()
    assert f'<a href="#id_{field}">' in page and page.count("field--error") == 1
    assert not DailyCount.objects.exists()


@pytest.mark.parametrize(("end", "is_let_in"), [("50142", False), ("550142", False), ("5550142", True)])
def test_only_an_end_that_cannot_be_guessed_gets_more_tries(client, sent, monkeypatch, end, is_let_in):
    monkeypatch.setitem(own_message.MAX_WRONG, "wrong look-up", 1)
    client.post(STATUS, two(sent, "9999"))
    page = client.post(STATUS, two(sent, end)).content.decode()
    assert ("<b>received</b>" in page) is is_let_in and ("too many tries" in page) is not is_let_in


def test_two_that_do_not_fit_are_an_error_of_a_field(client, sent):
    assert '<a href="#id_reference">We found no' in client.post(STATUS, two(sent, "9999")).content.decode()


@pytest.mark.parametrize("contact", ["", "142", "0143", "555", "sam@example.org", "818", "@"])
def test_nothing_is_found_with_a_wrong_detail(client, sent, contact):
    answer = client.post(STATUS, two(sent, contact))
    assert answer.status_code == 422 and "<b>received</b>" not in answer.content.decode()


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("new", "received"),
        ("spam", "received"),
        ("claimed", "being worked on"),
        ("tried", "we tried to reach you"),
        ("reached", "being worked on"),
        ("closed", "closed"),
    ],
)
def test_status_is_one_word_and_a_copy_is_always_received(client, sent, copy, status, word):
    Submission.objects.update(status=status)
    page = client.post(STATUS, two(sent)).content.decode()
    assert f"<b>{word}</b>" in page
    assert ("“Received” means that we have it" in page) is (word == "received")
    assert "<b>received</b>" in client.post(STATUS, two(copy)).content.decode()


def test_wrong_tries_are_slowed_for_a_network_and_a_reference(client, sent, monkeypatch):
    monkeypatch.setitem(own_message.MAX_WRONG, "wrong look-up", 3)
    other = stored_message(message="other")
    for _ in range(3):
        assert (
            "no message" in client.post(STATUS, two(sent, "9999"), REMOTE_ADDR="203.0.113.9").content.decode()
        )
    answer = client.post(STATUS, two(other, "0100"), REMOTE_ADDR="203.0.113.9").content.decode()
    assert "too many tries" in answer
    assert "too many tries" in client.post(STATUS, two(sent), REMOTE_ADDR="198.51.100.7").content.decode()
    assert (
        "<b>received" in client.post(STATUS, two(other, "0100"), REMOTE_ADDR="198.51.100.7").content.decode()
    )
    assert not any("203.0" in count.key_hash for count in DailyCount.objects.all())


def test_the_whole_number_still_gets_in_when_somebody_used_up_the_tries(client, sent, monkeypatch):
    monkeypatch.setattr(own_message, "MAX_WRONG", {"wrong look-up": 3, "wrong look-up, whole": 5})
    for _ in range(4):
        client.post(STATUS, two(sent, "9999"))
    assert "too many tries today. Please enter the whole" in client.post(STATUS, two(sent)).content.decode()
    assert "<b>received" not in client.post(STATUS, two(sent, "0142@")).content.decode()
    assert client.post(ADD, two(sent, "818 555 0142") | {"call_off": "on"}).status_code == 303
    for _ in range(5):
        client.post(STATUS, two(sent, "818 555 9999"))
    assert "too many tries" in client.post(STATUS, two(sent, "818 555 0142")).content.decode()


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


def test_deleting_is_off_until_an_owner_switches_it_on(client, sent):
    IntakeSettings(keep_finished_days=90).save()
    page = client.get(DELETE).content.decode()
    assert "We can’t delete messages on this page yet." in page
    for way in ('href="/contact/add/">tell us not to contact you', "We delete it 90 days after", "/privacy/"):
        assert way in page
    answer = client.post(DELETE, two(sent))
    assert answer.status_code == 403 and "Tick the box" not in answer.content.decode()
    assert Submission.objects.exists()


@pytest.fixture
def can_delete():
    IntakeSettings(can_delete=True).save()


@pytest.mark.usefixtures("can_delete")
class TestDeleting:
    @pytest.mark.parametrize("word", ["no", "off", "0", "", "maybe"])
    def test_only_a_tick_deletes_or_calls_off(self, client, sent, word):
        assert client.post(DELETE, two(sent) | {"is_sure": word}).status_code == 422
        assert client.post(ADD, two(sent) | {"call_off": word}).status_code == 422
        assert Submission.objects.exists() and not Addition.objects.exists()

    def test_a_deleted_message_leaves_a_stub_alone(self, client, sent):
        answer = client.post(DELETE, two(sent) | YES)
        assert "Your message is deleted." in answer.content.decode()
        assert not Submission.objects.exists() and not Notification.objects.exists()
        assert Deletion.objects.get().reference == sent.reference

    def test_it_is_confirmed_first(self, client, sent):
        assert client.post(DELETE, two(sent)).status_code == 422
        assert Submission.objects.exists()

    def test_a_message_on_hold_stays_and_the_page_says_so(self, client, sent):
        Submission.objects.update(is_on_hold=True)
        assert "was not deleted" in client.post(DELETE, two(sent) | YES).content.decode()
        assert Submission.objects.exists() and not Deletion.objects.exists()

    def test_a_copy_deletes_only_what_it_added(self, client, sent, copy):
        client.post(ADD, two(copy) | {"text": "of the copy"})
        client.post(ADD, two(sent) | {"text": "of the first"})
        assert "Your message is deleted." in client.post(DELETE, two(copy) | YES).content.decode()
        assert [each.text for each in Submission.objects.get().additions.all()] == ["of the first"]
        assert Deletion.objects.get().reference == copy.reference

    def test_an_unread_message_of_danger_is_emptied_and_keeps_its_alarm(self, client):
        client.post("/contact/", filled_in(**CANARY | {"message": "Canary, I want to die"}))
        sent = Submission.objects.get()
        client.post(DELETE, two(sent) | YES)
        left = Submission.objects.get()
        assert (left.danger, left.name, left.phone, left.message) == ("suicide", "", "", "")
        assert left.fingerprint is None and left.phone_hash == ""
        assert danger_alarms.unopened().get() == left
        client.force_login(make_staff())
        assert "Deleted by the sender" in text_of(client.get(page_of(left)))
        assert not danger_alarms.unopened().exists()

    def test_a_restored_backup_does_not_bring_it_back(self, sent, copy):
        kept = stored_message(message="another")
        stubs = [Deletion(reference=sent.reference), Deletion(reference="GA2KU5SE")]
        own_message.delete_again(stubs)
        assert Submission.objects.get() == kept
        assert Deletion.objects.count() == 2


@pytest.mark.parametrize("address", [ADD, STATUS, DELETE])
def test_what_was_typed_stays_when_the_database_fails(client, sent, can_delete, monkeypatch, address, caplog):
    monkeypatch.setattr(own_message, "find", lambda *args, **kwargs: 1 / 0)
    answer = client.post(address, two(sent, "818 555 0142") | YES | {"text": "One more thing"})
    assert answer.status_code == 503 and "818 555 0142" in answer.content.decode()
    assert "0142" not in caplog.text and sent.reference not in caplog.text


def test_storing_an_addition_that_fails_shows_it_again(client, sent, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(own_message, "add", broken)
    answer = client.post(ADD, two(sent) | {"text": "One more thing"})
    assert answer.status_code == 503 and "One more thing" in answer.content.decode()


@pytest.mark.parametrize("address", [ADD, STATUS, DELETE, "/contact/"])
def test_they_take_a_post_from_a_page_of_any_age(address, sent, can_delete):
    answer = Client(enforce_csrf_checks=True).post(address, {})
    assert answer.status_code == 422 and not answer.cookies
