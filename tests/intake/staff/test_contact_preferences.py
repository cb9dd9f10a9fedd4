"""The strictest wish of every message with a number or address holds; only the person's words allow more."""

import re

import pytest
from cryptography.fernet import Fernet

from intake.forms.message import MessageForm
from intake.models import Agreement, ContactDetail, IntakeSettings, Submission, Wish
from intake.receiving import own_message, storing
from intake.staff import contact_changes, contact_preferences, scripts, search, workflow
from intake.staff.workflow import StepRefusedError
from tests.support.message_screen import NUMBER, act, opened, page_of, text_of
from tests.support.messages import filled_in, stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def dana(client):
    user = make_staff(email="dana@vtc.example")
    client.force_login(user)
    return user


def unreachable():
    return stored_message(reply_by="email", asked_channel="email")


@pytest.mark.parametrize("chosen", ["email", "call", "text"])
def test_gap_is_asked_once_then_stored(chosen):
    changes = {"phone": ""} if chosen != "email" else {}
    changes |= {"email": "sam@vtc.example"} if chosen != "email" else {}
    form = MessageForm(filled_in(reply_by=chosen, **changes))
    assert not form.is_valid()
    assert form["asked_channel"].value() == chosen
    assert MessageForm(filled_in(reply_by=chosen, asked_channel=chosen, **changes)).is_valid()


def test_nothing_is_chosen_before_the_person_chooses(client):
    page = client.get("/contact/").content.decode()
    assert 'name="reply_by" value="call" checked' not in page
    assert not MessageForm()["reply_by"].value()


def test_gap_shows_in_red_without_a_link_until_a_second_person_agrees(client, dana, ben):
    submission = unreachable()
    workflow.claim(submission, by=dana)
    page = opened(client, submission)
    assert "They asked for email, but gave no email address." in page
    assert "A second person has to agree" in page and 'href="tel:' not in page
    assert act(client, submission, "agree", way="call").status_code == 422
    client.force_login(ben)
    act(client, submission, "agree", way="call")
    client.force_login(dana)
    page = opened(client, submission)
    assert 'href="tel:+18185550100"' in page and "Agreed that we may use: phone call." in page


AGREE = 'value="I agree"'


def test_the_button_to_agree_is_there_for_whoever_may_and_all_read_who_that_is(client, dana, ben):
    submission = unreachable()
    page = text_of(client.get(page_of(submission)))
    assert AGREE in page and "ben@vtc.example contacts them. To contact them yourself, claim" in page
    workflow.claim(submission, by=dana)
    page = opened(client, submission)
    assert AGREE not in page and "Ask ben@vtc.example to open this message and press “I agree”" in page
    client.force_login(ben)  # without taking it over: then he would be the one who cannot agree
    page = text_of(client.get(page_of(submission)))
    assert AGREE in page and f"press “I agree” below, and {dana} contacts them" in page
    client.force_login(dana)
    ben.groups.clear()
    assert "Nobody else can answer messages yet" in text_of(client.get(page_of(submission)))


def test_no_attempt_is_logged_in_a_way_that_nobody_has_agreed_to(client, dana, ben):
    submission = unreachable()
    attempt = {"channel": "call", "outcome": "no-answer", "next_due": "now"}
    form, page = 'name="outcome" value="no-answer"', opened(client, submission)
    assert "A second person has to agree there first." in page and form not in page
    refused = act(client, submission, "attempt", **attempt)
    assert refused.status_code == 422 and "A second person has to agree first" in text_of(refused)
    contact_changes.agree(submission, by=ben, way="call")
    refused = act(client, submission, "attempt", **attempt | {"channel": "text", "outcome": "sent"})
    assert "Agreed was only: phone call." in text_of(refused) and not submission.attempts.exists()
    assert form in opened(client, submission)
    act(client, submission, "attempt", **attempt)
    assert submission.attempts.count() == 1


def test_nobody_agrees_to_a_way_without_a_number_or_an_address(dana, ben):
    with pytest.raises(StepRefusedError, match="no number or address"):
        contact_changes.agree(unreachable(), by=ben, way="email")


def test_one_person_alone_writes_a_reason(client, dana):
    IntakeSettings(is_one_person=True).save()
    submission = unreachable()
    assert act(client, submission, "agree", way="call").status_code == 422
    act(client, submission, "agree", way="call", reason="The number is their own: the name is on it.")
    assert 'href="tel:' in opened(client, submission)
    assert Agreement.objects.get().reason.startswith("The number")


@pytest.mark.parametrize("order", ["older", "newer"])
def test_strictest_wish_of_all_messages_holds_and_the_newest_is_named(client, dana, order):
    loose = {"message": "loose", "voicemail": "full", "may_name_us": "yes"}
    strict = {"message": "strict", "voicemail": "none", "may_name_us": "no"}
    first, second = (loose, strict) if order == "newer" else (strict, loose)
    rows = {fields["message"]: stored_message(**fields) for fields in (first, second)}
    page = text_of(client.get(page_of(rows["loose"])))
    assert "Don’t leave a voicemail. Hang up." in page and "Never say who we are" in page
    assert "The strictest wish holds." in page and rows["strict"].spoken_reference in page
    assert "The strictest wish holds" not in text_of(client.get(page_of(rows["strict"])))


def test_messages_that_ask_for_different_ways_are_a_question_for_two(dana):
    one = stored_message(message="one")
    stored_message(message="two", reply_by="email", email="sam@vtc.example")
    found = contact_preferences.of(one)
    assert not found.channel and "different ways" in found.problem
    assert scripts.uses(found) == []


def test_another_person_with_another_number_changes_nothing(dana):
    one = stored_message(message="one", voicemail="full")
    stored_message(message="two", phone="(818) 555-0199", voicemail="none")
    assert contact_preferences.of(one).voicemail == "full"


def test_stricter_wish_is_added_with_name_and_time(client, dana):
    submission = stored_message(voicemail="full")
    opened(client, submission)
    act(client, submission, "wish", voicemail="none")
    page = text_of(client.get(page_of(submission)))
    assert "Don’t leave a voicemail. Hang up." in page
    assert re.search(r"The newest change came \w{3}, .* from dana@vtc\.example", page)
    assert (Wish.objects.get().author, Wish.objects.get().is_looser) == (dana, False)


def test_looser_wish_needs_who_said_it_and_how(dana):
    submission = stored_message(voicemail="none")
    with pytest.raises(StepRefusedError):
        contact_changes.add_wish(submission, by=dana, said="", voicemail="full")
    contact_changes.add_wish(submission, by=dana, said="Sam, on the phone", voicemail="full")
    assert contact_preferences.of(submission).voicemail == "full"
    stored_message(message="later", voicemail="none")
    assert contact_preferences.of(submission).voicemail == "none"


def test_wrong_number_is_crossed_out_and_never_called_back(client, dana):
    submission = stored_message()
    workflow.log_attempt(submission, by=dana, channel="call", outcome="wrong-contact")
    page = opened(client, submission)
    assert "The phone number was wrong." in page and 'href="tel:' not in page
    act(client, submission, "detail", kind="phone", value="(818) 555-0123")
    page = text_of(client.get(page_of(submission)))
    assert 'href="tel:+18185550123"' in page and "Replaced: do not use" in page and NUMBER in page
    assert ContactDetail.objects.get().author == dana
    assert Submission.objects.get().phone.endswith(NUMBER)


def test_a_corrected_number_is_found_and_its_strictest_wish_holds():
    """Both ways round: the message that was corrected, and the one that gave that number at first."""
    ana = make_staff(email="ana.corrects@vtc.example")
    wrong = stored_message(message="wrong", voicemail="none", may_name_us="no")
    right = stored_message(message="right", phone="213 555 0142", voicemail="full", may_name_us="yes")
    assert contact_preferences.of(right).voicemail == "full"
    contact_changes.add_detail(wrong, by=ana, kind="phone", value="(213) 555-0142")
    assert set(search.find("213 555 0142").messages) == {wrong, right}
    found = contact_preferences.of(right)
    assert (found.voicemail, found.may_name_us, found.newest) == ("none", "no", wrong)


def test_what_a_sender_corrects_is_found_too_also_after_a_change_of_keys(settings):
    submission = stored_message()
    own_message.add(own_message.Own(submission, submission.reference), phone="213 555 0142")
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_ENCRYPTION_KEYS]
    assert storing.renew_search_hashes() == 2
    settings.FIELD_ENCRYPTION_KEYS = settings.FIELD_ENCRYPTION_KEYS[:1]
    assert Submission.objects.with_contact(*Submission.phone_hashes("213 555 0142")).exists()


def test_doubtful_detail_is_asked_about_once_by_staff_too(client, dana):
    submission = stored_message()
    opened(client, submission)
    refused = act(client, submission, "detail", kind="phone", value="818-555-01")
    assert refused.status_code == 422 and "Is 818-555-01 right?" in text_of(refused)
    assert not ContactDetail.objects.exists()
    act(client, submission, "detail", kind="phone", value="818-555-01", asked_value="818-555-01")
    assert ContactDetail.objects.get().value == "818-555-01"


def test_address_of_a_detail_is_read_as_everywhere(client, dana):
    submission = stored_message()
    opened(client, submission)
    act(client, submission, "detail", kind="email", value="Sam <new\u200b@vtc.example>")
    assert ContactDetail.objects.get().value == "new@vtc.example"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("wish", {"voicemail": "full", "reply_by": "text"}),
        ("detail", {"kind": "email", "value": "canary@gmail.con"}),
        ("agree", {"way": "text", "reason": "canary " * 100}),
        ("email", {"subject": "", "body": "canary, are you there?"}),
    ],
)
@pytest.mark.parametrize("has_contact", [True, False])
def test_refused_form_keeps_what_was_typed_and_is_open(client, dana, name, typed, has_contact):
    submission = stored_message(voicemail="none")
    if has_contact:
        opened(client, submission)
    refused = act(client, submission, name, **typed)
    page = text_of(refused)
    form = refused.context[{"agree": "agreement"}.get(name, name) + "_form"]
    assert refused.status_code == 422 and page.count('<details class="safety__more" open>') == 1
    assert {field: form[field].value() for field in typed} == typed
    assert (NUMBER in page) is has_contact
