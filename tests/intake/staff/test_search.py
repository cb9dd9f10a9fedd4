"""Messages are found by what a person says on the phone, however old, and the words stay out of addresses."""

import re

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.urls import reverse

from intake.models import AccessLogEntry, CopyReference, Submission
from intake.receiving import own_message
from intake.staff import contact_changes, search
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:intake_submission_changelist")
SEARCH = reverse("admin:intake_submission_search")


def page_of(submission):
    return reverse("admin:intake_submission_change", args=[submission.pk])


@pytest.fixture
def intake(client):
    client.force_login(make_staff(email="dana@vtc.example"))
    return client


@pytest.mark.parametrize(
    "text",
    [
        "(818) 555-0100",
        "+1 818.555.0100",
        "8185550100",
        "0100",
        "sam",
        "RIVERS",
        "Sám",
        "sam@Example.org",
        "reference",
    ],
)
def test_message_is_found_by(intake, text):
    submission = stored_message(email="Sam@example.org")
    other = stored_message(message="other", name="Kim", phone="213 555 7777")
    text = submission.spoken_reference.lower() if text == "reference" else text
    answer = intake.post(SEARCH, {"text": text})
    page = answer.content.decode()
    assert page_of(submission) in page and page_of(other) not in page
    assert "Sam" not in page.replace("Sam@", "").split("found</h2>")[1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("D’Angelo", "D'Angelo"),
        ("Łukasz", "lukasz"),
        ("Strauß", "strauss"),
        ("Kim", "Ｋｉｍ"),
        ("Kim", "K​im"),
        ("J.R. Smith", "jr smith"),
        ("JR Smith", "J. R. Smith"),
        ("Sam Rivers", "Rivers, Sam"),
        ("Robert “Bob” Kim", '"Bob"'),
        ("Mary-Ann", "maryann"),
        ("De la Cruz", "Delacruz"),
    ],
)
def test_name_is_found_however_it_is_typed(name, text):
    submission = stored_message(name=name)
    stored_message(name="Somebody Else", phone="213 555 7777")
    assert [found.pk for found in search.find(text).messages] == [submission.pk]


@pytest.mark.parametrize(
    "text", ["818‑555‑0100", "８１８５５５０１００", "0100", "818-555-0100 ext 3", "sa​m@example.org"]
)
def test_contact_is_found_however_it_is_typed(text):
    submission = stored_message(phone="818-555-0100 (mom)", email="sam@example.org")
    stored_message(name="Somebody Else", phone="213 555 7777")
    assert [found.pk for found in search.find(text).messages] == [submission.pk]


def test_what_staff_or_the_sender_added_later_is_found_by_its_last_digits_too():
    submission, person = stored_message(), make_staff(email="dana@vtc.example")
    copy = CopyReference.objects.create(submission=submission)
    stored_message(name="Somebody Else", phone="213 555 7777")
    contact_changes.add_detail(submission, by=person, kind="phone", value="714-555-0188")
    contact_changes.add_detail(submission, by=person, kind="email", value="new@example.org")
    own_message.add(own_message.Own(submission, submission.reference), phone="714-555-0177")
    own_message.add(own_message.Own(submission, copy.reference), phone="714-555-0166", email="c@example.org")
    asked = ["0188", "0177", "0166", "714 555 0188", "(714) 555-0177", "7145550166", "0100"]
    for text in [*asked, "NEW@example.org", "c@example.org"]:
        assert [found.pk for found in search.find(text).messages] == [submission.pk], text
    assert search.find("0199").messages == []


@pytest.mark.parametrize("text", ["", "  ", "12", "nobody", "%", "555-9999", "KD7MR4TB"])
def test_nothing_is_found_by(intake, text):
    submission = stored_message()
    assert page_of(submission) not in intake.post(SEARCH, {"text": text}).content.decode()


def test_search_terms_are_in_no_address_and_no_log(intake, caplog, capfd):
    caplog.set_level("DEBUG")
    stored_message(name="Canary")
    answer = intake.post(SEARCH, {"text": "canary"})
    assert answer.status_code == 200 and "1 found" in answer.content.decode()
    assert "canary" not in (caplog.text + "".join(capfd.readouterr())).lower()
    page = intake.get(SEARCH, {"text": "canary", "q": "canary"}).content.decode()
    assert "found</h2>" not in page
    page = intake.get(LIST, {"q": "canary"}, follow=True)
    assert 'method="get"' not in page.content.decode().split('id="changelist"')[1]


# --- Older messages ---------------------------------------------------------------------------------------


@pytest.fixture
def three_at_once(monkeypatch):
    monkeypatch.setattr(search, "READ_AT_ONCE", 3)


def next_page(client, page):
    """Press “Search older messages” on `page`."""
    fields = dict(re.findall(r'type="hidden" name="(text|older_than)" value="([^"]*)"', page))
    return client.post(SEARCH, fields).content.decode()


@pytest.mark.parametrize("text", ["Kim", "0199"])
def test_a_name_or_last_digits_are_found_in_the_oldest_message_too(intake, three_at_once, text):
    oldest = stored_message(name="Kim", phone="213 555 0199")
    for number in range(6):
        stored_message(message=f"{number}")
    page = intake.post(SEARCH, {"text": text}).content.decode()
    assert "Nothing found" in page and "Older messages have not been searched yet" in page
    page = next_page(intake, page)
    assert "Nothing found" in page and "Older messages have not been searched yet" in page
    page = next_page(intake, page)
    assert page_of(oldest) in page and "All messages were searched" in page
    assert AccessLogEntry.objects.filter(kind="search", reference=oldest.reference).count() == 1


@pytest.mark.parametrize("text", ["213 555 0199", "kim@example.org", "reference"])
def test_a_whole_number_address_or_reference_is_found_at_once(intake, three_at_once, text):
    oldest = stored_message(name="Kim", phone="213 555 0199", email="kim@example.org")
    for number in range(6):
        stored_message(message=f"{number}")
    found = search.find(oldest.reference if text == "reference" else text)
    assert [row.pk for row in found.messages] == [oldest.pk]


def test_no_message_is_left_out_when_many_fit(monkeypatch):
    monkeypatch.setattr(search, "MAX_FOUND", 2)
    keys = {stored_message(message=f"{number}").pk for number in range(5)}
    found, seen = search.find("sam"), []
    while True:
        seen += [row.pk for row in found.messages]
        if found.older_than is None:
            break
        found = search.find("sam", older_than=found.older_than)
    assert len(seen) == 5 and set(seen) == keys


def test_a_message_that_is_deleted_during_it_stops_nothing(three_at_once):
    oldest = stored_message(name="Kim")
    for number in range(3):
        stored_message(message=f"{number}")
    found = search.find("kim")
    Submission.objects.filter(pk=found.older_than).delete()
    assert [row.pk for row in search.find("kim", older_than=found.older_than).messages] == [oldest.pk]


@pytest.mark.parametrize("older_than", ["x", "-1", "0", "9" * 30, "1e3"])
def test_a_made_up_place_to_go_on_is_refused(intake, older_than):
    submission = stored_message()
    answer = intake.post(SEARCH, {"text": "sam", "older_than": older_than})
    assert answer.status_code == 200 and page_of(submission) not in answer.content.decode()


@pytest.mark.parametrize("text", ["sam", "0100", "818 555 0100"])
def test_messages_are_found_after_the_key_was_changed(settings, text):
    submission = stored_message()
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_ENCRYPTION_KEYS]
    assert [row.pk for row in search.find(text).messages] == [submission.pk]
    call_command("rotate_encryption_keys")
    settings.FIELD_ENCRYPTION_KEYS = settings.FIELD_ENCRYPTION_KEYS[:1]
    assert [row.pk for row in search.find(text).messages] == [submission.pk]


def test_what_is_deleted_is_not_found():
    stored_message().delete()
    assert search.find("sam").messages == search.find("818 555 0100").messages == []
