"""What /contact/ makes of a body that is damaged, packed, huge or in another encoding."""

import gzip
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.test.client import encode_multipart

from intake.models import IntakeSettings, Submission
from tests.support.messages import filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; charset=utf-16; boundary=x"
BODIES = [
    (b"\x00\xff\xfe", FORM, 415),
    (b"message=%00%ED%A0%80&phone=%FF", FORM, 422),
    (b'{"message": "canary"}', "application/json", 415),
    (b"--x\r\nbroken", MULTIPART, 400),
    (b"--x\r\nbroken\r\n--x--\r\n", MULTIPART, 400),
    (b"--x\r\n", "multipart/form-data", 400),
    (b"&".join(b"a=1" for _ in range(2000)), FORM, 415),
    (b"", FORM, 400),
    (b"", "text/plain", 400),
    (b'{"message": "canary"}', FORM, 415),
    (b'--y\r\nContent-Disposition: form-data; name="message"\r\n\r\nx\r\n--y--', MULTIPART, 400),
    (b'--x\r\nContent-Disposition: form-data; name="message"\r\n\r\ncanary\r\n--x--', FORM, 415),
    (
        b'--x\r\nContent-Disposition: form-data; name="message"; filename="a"\r\n\r\nx\r\n--x--',
        MULTIPART,
        400,
    ),
    (b"message=canary", FORM + "; charset=utf-7", 422),
    (b'--x\r\nContent-Disposition: form-data; name="message"\r\n\r\ncanary\r\n--x--', MULTIPART, 422),
    (b"message=canary", "text/plain", 415),
    (b"<x/>canary", "", 415),
    (b"message=canary" + b"a" * 3_000_000, FORM, 413),
]


def test_message_of_300_kilobytes_is_shown_again_whole_with_a_clear_error(client):
    text = "help " * 60_000
    body = f"phone=8185550100&message={text.replace(' ', '+')}".encode()
    answer = client.post("/contact/", body, content_type=FORM)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "too long" in page and text.strip() in page


def test_packed_form_is_no_empty_one(client):
    packed = gzip.compress(urlencode(filled_in()).encode())
    answer = client.generic("POST", "/contact/", packed, FORM, headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 400 and "It arrived damaged" in answer.content.decode()


@pytest.mark.parametrize(("body", "content_type", "status"), BODIES)
def test_form_is_shown_with_what_can_be_read_when_the_body_is_nonsense(client, body, content_type, status):
    answer = client.generic("POST", "/contact/", body, content_type)
    page = answer.content.decode()
    assert answer.status_code == status and "sent yet" in page
    assert ("Nothing you wrote is lost. Please" in page) is (status == 422)
    assert ("canary" in page) is (b"canary" in body)
    assert not Submission.objects.exists()


def test_start_is_promised_only_when_it_is_there(client):
    start = b"message=canary" + b"a" * 3_000_000
    assert "Below is only its start" in client.generic("POST", "/contact/", start, FORM).content.decode()
    fields = {f"field-{number}": "x" for number in range(20_000)}
    answer = client.post("/contact/", fields)
    assert answer.status_code == 413 and "Back may still have your words" in answer.content.decode()


def test_text_of_2_megabytes_is_shown_again_whole(client):
    text = "help" * 500_000
    answer = client.post("/contact/", f"phone=8185550100&message={text}", content_type=FORM)
    assert answer.status_code == 422 and text in answer.content.decode()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"caf%E9 ni%F1o", "café niño"),
        (b"caf\xe9", "café"),
        (b"%C3%A9 and %E9", "é and é"),
        (b"%ED%A0%BD%ED%B8%80", "😀"),
        (b"a%ED%A0%80b", "ab"),
        (b"cut %F0%9F%98", "cut \ufffd"),
    ],
)
def test_letters_that_are_not_utf_8_are_read_as_they_were_meant(client, raw, text):
    answer = client.post("/contact/", b"phone=818+555+0100&message=" + raw, content_type=FORM)
    assert answer.status_code == 303 and Submission.objects.get().message == text


@pytest.mark.parametrize("address", ["/contact/add/", "/contact/status/", "/contact/delete/"])
@pytest.mark.parametrize("content_type", [FORM, "text/plain", "multipart/form-data; boundary=x"])
def test_a_form_that_arrived_as_none_is_never_said_to_be_kept(client, address, content_type):
    IntakeSettings.objects.update_or_create(pk=1, defaults={"can_delete": True})
    answer = client.generic("POST", address, b"--y\r\nlost\r\n--y--", content_type)
    assert answer.status_code in (400, 415)
    page = answer.content.decode()
    assert "Nothing you wrote is lost" not in page and "nothing was stored" in page
    assert ("What we could read is below" in page) is ("lost" in page)


SAID = "¿Qué? 你好 Привет"
CHARSETS = [(SAID, "utf-16"), (SAID, "utf-16-be"), (SAID, "utf-32"), (SAID, "gb18030"), ("Привет", "koi8-r")]


@pytest.mark.parametrize(("text", "charset"), [*CHARSETS, ("こんにちは", "iso-2022-jp")])
def test_a_form_is_read_in_the_encoding_it_names(client, text, charset):
    body = "phone=818+555+0100&message=" + quote_from_bytes(text.encode(charset))
    client.generic("POST", "/contact/", body.encode(), f"{FORM}; charset={charset}")
    fields = [b'phone"\r\n\r\n818 555 0100', b'message"\r\n\r\n' + text.encode(charset)]
    parts = b"".join(b'--x\r\nContent-Disposition: form-data; name="' + each + b"\r\n" for each in fields)
    client.generic(
        "POST", "/contact/", parts + b"--x--", f"multipart/form-data; charset={charset}; boundary=x"
    )
    assert {each.message for each in Submission.objects.all()} == {text}


def test_a_form_that_is_in_another_encoding_with_all_its_signs_is_read(client):
    body = "phone=818 555 0100&message=¿Qué?".encode("utf-16")
    client.generic("POST", "/contact/", body, f"{FORM}; charset=UTF-16")
    assert Submission.objects.get().message == "¿Qué?"


@pytest.mark.parametrize("charset", ["utf-16", "koi8-r", "rot13", "x", "unicode_escape", "idna"])
def test_a_form_that_names_another_encoding_than_its_own_is_read_in_its_own(client, charset):
    body = urlencode(filled_in(message=SAID)).encode()
    client.generic("POST", "/contact/", body, f"{FORM}; charset={charset}")
    assert Submission.objects.get().message == SAID


@pytest.mark.parametrize("address", ["/contact/", "/contact/add/"])
@pytest.mark.parametrize("missing", [3, 8, 20])
def test_a_form_in_parts_that_lost_its_end_is_never_stored(client, address, missing):
    body = encode_multipart("x", filled_in(message="Call me at 714 555 0123"))[:-missing]
    answer = client.post(address, body, "multipart/form-data; boundary=x")
    assert answer.status_code == 400 and "damaged" in answer.content.decode()
    assert not Submission.objects.exists()
