"""The safety note: what is allowed, in words; contact details only after the tick; scripts that fit."""

import pytest
from django.urls import reverse

from content.caching import public_state
from content.models import Clinic
from intake.models import IntakeSettings, Script
from tests.support.message_screen import NUMBER, act, opened, page_of, text_of
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_contact_details_show_only_after_the_tick(dana):
    submission = stored_message(name="Canary Rivers", email="canary@example.org")
    page = text_of(dana.get(page_of(submission)))
    for secret in ("Canary", NUMBER, "canary@example.org"):
        assert secret not in page
    refused = act(dana, submission, "contact")
    assert refused.status_code == 422 and NUMBER not in text_of(refused)
    page = opened(dana, submission)
    assert "Canary Rivers" in page and 'href="tel:+18185550100"' in page


def test_a_tick_holds_for_one_message_and_one_person(dana, client):
    one, other = stored_message(message="one"), stored_message(message="other")
    opened(dana, one)
    assert NUMBER not in text_of(dana.get(page_of(other)))
    client.force_login(make_staff(email="ben@vtc.example"))
    assert NUMBER not in text_of(client.get(page_of(one)))


@pytest.mark.parametrize(
    ("wishes", "rules"),
    [
        ({"voicemail": "none"}, ["Call them.", "Do not text or email.", "Don’t leave a voicemail. Hang up."]),
        (
            {"voicemail": "name-and-number"},
            ["Voicemail: only a first name and a number. Don’t say why you’re calling."],
        ),
        ({"voicemail": "full"}, ["Voicemail is OK, and you may say why you’re calling."]),
        ({"reply_by": "text"}, ["Text them.", "Do not call or email."]),
        (
            {"reply_by": "email", "asked_channel": "email"},
            ["They asked for email, but gave no email address.", "Do not call, text, or email yet."],
        ),
        (
            {"may_name_us": "no"},
            ["Never say who we are or why we’re calling: not to others, not in a text or email."],
        ),
        ({"relay": "yes"}, ["They use a relay (711): call through it"]),
        ({"under_18": "yes"}, ["Under 18: do not contact a parent first."]),
        ({"under_18": "no"}, []),
        ({"language": "es"}, ["Language: Español. Have an interpreter ready."]),
        ({"may_name_us": "yes"}, ["You may say that we’re a treatment center."]),
        (
            {"reason": "someone-else", "they_know": "no"},
            ["Contact only the person who wrote", "does not know about this message"],
        ),
    ],
)
def test_safety_note_says_what_is_allowed(dana, wishes, rules):
    page = text_of(dana.get(page_of(stored_message(**wishes))))
    for rule in rules:
        assert rule in page


def test_no_interpreter_is_asked_for_where_somebody_answers_in_spanish(dana):
    IntakeSettings(answers_in_spanish="person").save()
    page = text_of(dana.get(page_of(stored_message(language="es"))))
    assert "Language: Español. The form promised an answer by somebody who speaks it." in page
    assert "interpreter" not in page


def test_a_number_that_is_not_safe_is_struck_out_with_words_and_no_link(dana):
    page = opened(dana, stored_message(reply_by="email", email="sam@example.org"))
    assert '<s class="contact__unsafe"><bdi>(818) 555-0100</bdi></s>' in page
    assert "Not safe: do not call or text" in page
    assert "tel:" not in page.split("<main")[-1].split("Need help")[0] and "sms:" not in page
    assert "mailto:" not in page  # it would open one's own mailbox, with name and signature


def test_a_text_only_number_cannot_be_called_with_a_tap(dana):
    page = opened(dana, stored_message(reply_by="text"))
    assert 'href="sms:+18185550100"' in page and "Safe to text. Do not call." in page and "tel:" not in page


@pytest.mark.parametrize(
    ("wishes", "uses"),
    [
        ({"voicemail": "none"}, ["someone-answers"]),
        ({"voicemail": "name-and-number"}, ["voicemail-neutral", "someone-answers"]),
        ({"voicemail": "full"}, ["voicemail-full", "someone-answers"]),
        ({"reply_by": "text", "may_name_us": "no"}, ["text-neutral"]),
        ({"reply_by": "text", "may_name_us": "yes"}, ["text-named"]),
        ({"reply_by": "email", "email": "a@example.org"}, ["email-neutral"]),
        ({"reply_by": "email", "email": "a@example.org", "may_name_us": "yes"}, ["email-named"]),
    ],
)
def test_scripts_follow_the_wishes(dana, wishes, uses):
    page = opened(dana, stored_message(**wishes))
    for script in Script.objects.filter(language="en"):
        assert (f"<summary>{script}</summary>" in page) is (script.use in uses)


def test_neutral_scripts_tell_nothing():
    uses = ["voicemail-neutral", "text-neutral", "email-neutral", "someone-answers"]
    neutral = Script.objects.filter(use__in=uses)
    assert neutral.count() == 8
    for script in neutral:
        for word in (
            "treatment",
            "center",
            "tratamiento",
            "droga",
            "drug",
            "heroin",
            "clinic",
            "health",
            "Virtual",
        ):
            assert word.lower() not in script.words.lower()


def test_scripts_are_filled_in_and_in_the_language_of_the_person(dana):
    Clinic(phone="(818) 555-0177").save()
    public_state.forget()
    page = opened(dana, stored_message(voicemail="name-and-number", language="es"))
    assert "y llamo a Sam. Por favor, devuélvame la llamada al (818) 555-0177." in page
    assert "Hello, this is" not in page and "Rivers" not in page.split('id="script-')[1].split("</p>")[0]


def test_script_in_english_stands_in_for_a_language_without_one(dana):
    assert "Hello, may I speak to Sam?" in opened(dana, stored_message(language="other"))


def test_owners_add_scripts_of_their_own(client):
    client.force_login(make_staff("Owner"))
    fields = {"use": "someone-answers", "language": "en", "title": "Second try", "words": "It is me again."}
    client.post(reverse("admin:intake_script_add"), fields)
    page = opened(client, stored_message())
    assert "When someone else picks up: Second try" in page and "It is me again." in page


def test_scripts_are_worded_by_those_who_answer(dana):
    script = Script.objects.get(use="someone-answers", language="en")
    address = reverse("admin:intake_script_change", args=[script.pk])
    dana.post(address, {"words": "May I speak to them, please?", "use": "text-named"})
    assert "May I speak to them, please?" in opened(dana, stored_message())
    assert Script.objects.get(pk=script.pk).use == "someone-answers"


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"voicemail": "none"}, "Left a voicemail (they asked for no voicemail)"),
        ({"voicemail": "full"}, "Left a voicemail<"),
        ({"voicemail": "full", "reply_by": "text"}, "Left a voicemail (not what they asked for)"),
    ],
)
def test_attempt_warns_of_a_voicemail_that_is_not_wished(dana, wishes, words):
    assert words in text_of(dana.get(page_of(stored_message(**wishes)), {"channel": "call"}))
