"""What the form takes: nothing but a way to reach the person is required, nothing unknown gets in the way."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.forms.fields import ClockField
from intake.forms.message import MAX_MESSAGE_CHARACTERS, MessageForm
from tests.support.messages import filled_in

pytestmark = pytest.mark.once

VALUES = {
    "reason": ["treatment", "someone-else", "question", "current-patient", "other"],
    "reply_by": ["call", "text", "email"],
    "voicemail": ["none", "name-and-number", "full"],
    "may_name_us": ["no", "yes"],
    "best_time": ["any", "morning", "afternoon", "evening"],
    "language": ["en", "es", "other"],
    "in_california": ["yes", "no", "unsure"],
    "they_know": ["yes", "no"],
}


def form_of(**fields):
    """Bind a form to fields as a browser sends them."""
    posted = QueryDict(mutable=True)
    posted.update(fields)
    return MessageForm(posted)


def test_every_field_is_taken_when_all_are_filled_in():
    fields = filled_in(reason="someone-else", relationship="Mother", they_know="yes", email="sam@example.org")
    form = form_of(**fields)
    assert form.is_valid()
    assert {name: form.cleaned_data[name] for name in fields} == fields


@pytest.mark.parametrize("name", VALUES)
def test_names_and_values_stay_as_the_contract_says(name):
    assert [value for value, _ in MessageForm.base_fields[name].choices] == VALUES[name]


def test_safest_values_are_stored_when_only_a_phone_number_is_given():
    form = form_of(phone="818 555 0100")
    assert form.is_valid()
    assert form.cleaned_data == {
        "reason": "other",
        "in_california": "unsure",
        "relationship": "",
        "they_know": "",
        "name": "",
        "reply_by": "call",
        "phone": "818 555 0100",
        "email": "",
        "voicemail": "none",
        "may_name_us": "no",
        "best_time": "any",
        "language": "en",
        "message": "",
        "asked_phone": "",
        "asked_email": "",
        "asked_channel": "",
        "relay": "",
        "under_18": "",
        "email_copy": False,
    }


@pytest.mark.parametrize("typed", [{}, {"language": "klingon"}, {"language": ""}])
def test_the_language_is_that_of_the_page_when_it_is_not_a_known_choice(typed):
    with translation.override("es"):
        form = MessageForm({"phone": "818 555 0100"} | typed)
        assert form.is_valid() and form.cleaned_data["language"] == "es"


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("contact", [{"phone": "818 555 0100"}, {"email": "sam@example.org"}])
def test_unknown_choice_is_the_same_as_none_when_an_old_page_sends_it(name, contact):
    others = contact | ({} if name == "reason" else {"reason": "someone-else"})
    missing, unknown = form_of(**others), form_of(**others, **{name: "pigeon"})
    missing.data.pop(name, None)
    assert missing.is_valid() and unknown.is_valid()
    assert unknown.cleaned_data[name] == missing.cleaned_data[name]


def test_person_is_thought_not_to_know_when_that_is_not_answered():
    form = form_of(phone="818 555 0100", reason="someone-else")
    assert form.is_valid() and form.cleaned_data["they_know"] == "no"


@pytest.mark.parametrize("wish", ["call", "text", "email"])
@pytest.mark.parametrize("given_by", [{"phone": "818 555 0100"}, {"email": "sam@example.org"}])
def test_other_way_to_reach_the_person_is_accepted_when_the_wished_one_is_missing(wish, given_by):
    assert form_of(reply_by=wish, asked_channel=wish, **given_by).is_valid()


@pytest.mark.parametrize(
    ("wish", "field"), [("call", "phone"), ("text", "phone"), ("email", "email"), ("", "reply_by")]
)
def test_only_a_field_that_is_shown_complains_when_there_is_no_way_to_reach_the_person(wish, field):
    form = form_of(reply_by=wish, message="Please help")
    assert list(form.errors) == [field]
    assert "one way to reach you" in form.errors[field][0]
    assert "hoose" in form.errors[field][0], "the other kind of field is not on the screen"


PHONES = [
    "(818) 555-0100",
    "+18185550100",
    "818.555.0100",
    "1 818 555 0100",
    "818 555 0100 ext. 12",
    "+44 20 7946 0958",
]


@pytest.mark.parametrize("phone", PHONES)
def test_number_is_accepted_at_once_when_it_can_be_called(phone):
    assert form_of(phone=phone).is_valid()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "714 555"),
        ("phone", "555-0100"),
        ("phone", "ask my sister"),
        ("email", "sam"),
        ("email", "sam@"),
        ("email", "sam@gmail.con"),
    ],
)
def test_doubtful_contact_is_asked_once_and_accepted_unchanged(field, value):
    first = form_of(**{field: value})
    assert list(first.errors) == [field]
    assert f"Is {value} right?" in first.errors[field][0]
    second = form_of(**{field: value, f"asked_{field}": first[f"asked_{field}"].value()})
    assert second.is_valid()
    assert second.cleaned_data[field] == value


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone", "818-555-0100 or 310-555-0199", "more than one number"),
        ("phone", "sam@example.org", "looks like an email address. Choose email"),
        ("email", "818 555 0100", "looks like a phone number. Choose a call"),
        ("email", "a@example.org, b@example.org", "more than one address"),
        ("email", "señor@exämple.com", "accents or special letters"),
        ("email", "sam@ex\u0430mple.org", "accents or special letters"),
        ("email", "sam@gmial.com", "Did you mean sam@gmail.com?"),
        ("email", "sam@gmail,com", "Did you mean sam@gmail.com?"),
        ("email", "sam@clinic.con", "Did you mean sam@clinic.com?"),
        ("phone", "818 555 0187 / 0188", "more than one number"),
    ],
)
def test_question_says_what_looks_wrong(field, value, words):
    form = form_of(reply_by="", **{field: value})
    assert words in form.errors[field][0]
    assert form_of(**{field: value, f"asked_{field}": form[f"asked_{field}"].value()}).is_valid()


@pytest.mark.parametrize(
    "typed",
    ["sam arroba example.com", "sam at example.com", "sam (at) example [dot] com", "sam@example punto com"],
)
def test_address_with_words_for_its_signs_is_read_and_shown_as_it_was_read(typed):
    first = form_of(reply_by="email", email=typed)
    assert "We read this as sam@example.com." in first.errors["email"][0]
    assert first["email"].value() == "sam@example.com"
    for email in (typed, "sam@example.com"):
        again = form_of(reply_by="email", email=email, asked_email=first["asked_email"].value())
        assert again.is_valid() and again.cleaned_data["email"] == "sam@example.com"


@pytest.mark.parametrize("typed", ["call me at work", "me at home.", "none", "arroba@example.com"])
def test_words_that_make_no_address_stay_as_they_are(typed):
    assert "We read this as" not in str(form_of(email=typed).errors)
    assert form_of(email=typed)["email"].value() == typed


def test_error_shows_again_nothing_that_no_screen_shows():
    page = str(form_of(name="Sa\x00m\x1b", message="a\x00\ud800b\tc", phone="\x07").as_p())
    assert "Sam" in page and "ab\tc" in page
    assert not any(mark in page for mark in "\x00\x1b\x07\ud800")


def test_doubtful_contact_is_asked_again_when_it_was_changed_to_another_doubtful_one():
    assert not form_of(phone="714 5555", asked_phone="714 555").is_valid()


@pytest.mark.parametrize(
    ("name", "most"), [("name", 100), ("relationship", 100), ("message", MAX_MESSAGE_CHARACTERS)]
)
def test_longest_text_is_taken_and_one_character_more_is_shown_back(name, most):
    emoji = ("🙂" * (most - 1)) + "🙏"
    assert form_of(phone="818 555 0100", **{name: emoji}).is_valid()
    form = form_of(phone="818 555 0100", **{name: emoji + "🙂"})
    assert "1 character too long" in form.errors[name][0] and f"{most:,} characters" in form.errors[name][0]
    assert form[name].value() == emoji + "🙂"


def test_line_breaks_count_once_when_a_browser_sends_two_characters():
    text = "a\r\n" * (MAX_MESSAGE_CHARACTERS // 2)
    form = form_of(phone="818 555 0100", message=text)
    assert form.is_valid()
    assert form.cleaned_data["message"] == text.replace("\r\n", "\n").strip()


def test_control_characters_and_surrogates_are_dropped_and_the_rest_is_kept():
    form = form_of(phone="818 555 0100", message="a\x00b\ud800c\x1b[31md\te\nf")
    assert form.is_valid()
    assert form.cleaned_data["message"] == "abc[31md\te\nf"


def test_letters_are_composed_when_a_phone_sends_them_in_parts():
    form = form_of(phone="818 555 0100", name="Jose\u0301")
    assert form.is_valid() and form.cleaned_data["name"] == "José"


def test_script_measures_the_time_only_in_plain_seconds():
    assert form_of(seconds_taken="12").seconds_taken == 12
    for text in ("", "-1", "1e9", "٣", "9" * 40):
        assert form_of(seconds_taken=text).seconds_taken is None


anything = st.text(st.characters(exclude_categories=()), max_size=200)


@settings(deadline=None)  # how fast a loaded machine is says nothing about the form
@given(st.dictionaries(st.sampled_from(sorted(MessageForm.base_fields)), anything))
def test_form_never_fails_and_what_it_accepts_can_be_stored(fields):
    form = form_of(**fields)
    if form.is_valid():
        texts = dict(form.cleaned_data)
        assert texts.pop("email_copy") in (True, False)
        for name, value in texts.items():
            assert "\x00" not in value
            value.encode()
            assert name not in VALUES or value in [*VALUES[name], ""]
    else:
        str(form.errors)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [
        *[("9", 9, 0), ("12", 12, 0), ("17", 17, 0), ("9 am", 9, 0), ("9 a.m.", 9, 0), ("9 PM", 21, 0)],
        *[("5.30pm", 17, 30), ("5:30 p.m.", 17, 30), ("17h30", 17, 30), ("9h", 9, 0), ("noon", 12, 0)],
    ],
)
def test_a_time_is_read_as_people_type_it(typed, hour, minute):
    assert ClockField().clean(typed) == time(hour, minute)


@pytest.mark.parametrize("typed", ["5", "0", "24", "99", "930", "soon", "9:75", "²", "9 xm"])
def test_a_time_that_may_be_another_one_is_asked_with_examples(typed):
    with pytest.raises(ValidationError, match=r"such as 9 a\.m\. or 17:30"):
        ClockField().clean(typed)
