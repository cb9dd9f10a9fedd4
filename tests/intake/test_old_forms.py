"""A form loaded long ago, or from an earlier release, still sends: its names and values stay."""

import pytest

from intake.models import Submission

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# What the page of the first release sent. Pages stay open for weeks, so nothing here may ever change.
FIRST_RELEASE = {
    "reason": "someone-else",
    "relationship": "Mother",
    "they_know": "yes",
    "in_california": "unsure",
    "name": "Sam Rivers",
    "reply_by": "email",
    "phone": "818 555 0100",
    "email": "sam@vtc.example",
    "voicemail": "name-and-number",
    "may_name_us": "yes",
    "best_time": "evening",
    "language": "es",
    "message": "She wants to stop.",
}
THIRTY_DAYS = str(30 * 24 * 60 * 60)  # seconds
UNSEEN = {
    "asked_phone": "",
    "asked_email": "",
    "asked_channel": "",
    "leave_this_empty": "",
    "seconds_taken": THIRTY_DAYS,
}


def assert_stored(client, posted, expected, **how):
    assert client.post("/contact/", posted, **how).status_code == 303
    submission = Submission.objects.get()
    assert {name: getattr(submission, name) for name in expected} == expected
    assert submission.status == Submission.Status.NEW


def test_form_of_the_first_release_that_was_open_for_30_days_is_stored_field_by_field(client):
    assert_stored(client, FIRST_RELEASE | UNSEEN, FIRST_RELEASE)


@pytest.mark.parametrize("name", FIRST_RELEASE)
def test_form_that_lacks_a_field_is_stored(client, name):
    fewer = {each: text for each, text in FIRST_RELEASE.items() if each != name}
    kept = {each: text for each, text in fewer.items() if name != "reason" or each != "they_know"}
    if name == "email":  # the way they chose: asked about once
        assert client.post("/contact/", fewer).status_code == 422
        fewer["asked_channel"] = "email"
    assert_stored(client, fewer, kept)


def test_form_with_nothing_but_a_number_and_a_message_is_stored(client):
    fewest = {"phone": "818 555 0100", "message": "Please call."}
    assert_stored(client, fewest, fewest | {"reply_by": "call", "voicemail": "none", "may_name_us": "no"})


def test_form_with_more_fields_is_stored_without_them(client):
    more = {"csrfmiddlewaretoken": "x" * 64, "insurance": "None", "id": "1", "status": "spam"}
    assert_stored(client, FIRST_RELEASE | UNSEEN | more, FIRST_RELEASE)


def test_form_that_says_a_field_twice_is_stored_with_the_last_one(client):
    assert_stored(client, FIRST_RELEASE | {"name": ["Robin", "Sam Rivers"]}, FIRST_RELEASE)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-7", "x-none"])
def test_form_is_stored_whatever_encoding_it_claims(client, charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    answer = client.generic("POST", "/contact", b"phone=818+555+0100&message=caf%C3%A9", kind)
    assert answer.status_code == 303 and Submission.objects.get().message == "café"
