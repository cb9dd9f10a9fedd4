"""A message is found by its reference and a contact detail, however they are typed; guessing ends."""

import pytest

from intake.models import (
    DailyCount,
    Submission,
)
from intake.receiving import own_message
from tests.support.messages import stored_message
from tests.support.own_message import ADD, CANARY, STATUS, two

pytestmark = pytest.mark.django_db


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


@pytest.mark.once
@pytest.mark.parametrize("around", TYPED_REFERENCES)
@pytest.mark.parametrize("between", ["", "-", "–", " . "])
def test_a_reference_is_read_however_it_was_copied(client, sent, around, between):
    spoken = between.join(sent.spoken_reference.lower().split())
    answer = client.post(STATUS, two(sent) | {"reference": around.format(spoken)})
    assert "<b>received</b>" in answer.content.decode()


@pytest.mark.once
def test_a_reference_in_the_signs_of_another_keyboard_is_read(client, sent):
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in sent.reference)
    arabic = sent.reference.translate({0x30 + digit: 0x660 + digit for digit in range(10)})
    for reference in (wide, arabic):
        assert client.post(STATUS, two(sent) | {"reference": reference}).status_code == 200


@pytest.mark.once
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


@pytest.mark.once
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


@pytest.mark.once
@pytest.mark.parametrize("contact", ["", "142", "0143", "555", "sam@example.org", "818", "@"])
def test_nothing_is_found_with_a_wrong_detail(client, sent, contact):
    answer = client.post(STATUS, two(sent, contact))
    assert answer.status_code == 422 and "<b>received</b>" not in answer.content.decode()


@pytest.mark.once
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
