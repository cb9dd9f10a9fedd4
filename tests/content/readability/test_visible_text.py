"""What counts is what a reader sees: an empty box is empty, and a hidden sign is no sign."""

import pytest
from django.core.exceptions import ValidationError

from content import page_checks, publishing
from content.models import Callout, Clinic, Helpline, Page, Question
from content.models.rich_text import sanitized
from content.page_checks import Surroundings
from content.readability.visible_text import as_read, has_visible_word
from tests.support.pages import add_text, make_page

pytestmark = pytest.mark.once

EMPTY = [
    "",
    "<p></p><p></p>",
    "<p>&nbsp;</p>",
    "<p><br></p>",
    "<p>\u200b\u00ad\ufeff</p>",
    "<ul><li></li></ul>",
    "<p>\u3164\u2800\u115f</p>",
    "<p>&#8203;&shy;&zwj;</p>",
    "<p><strong> </strong></p>",
    "<p>.</p>",
    "<p>–</p>",
    "<p><del>Call 911.</del></p>",
    '<p><a href="https://example.org/"></a></p>',
]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://ex\u200bample.org/\u200e", ' href="https://example.org/"'),
        (" /faq/\ufeff ", ' href="/faq/"'),
        ("https://example.org/\u202egpj.exe", ' href="https://example.org/gpj.exe"'),
        ("java\u200bscript:alert(1)", ""),
        ("\u2060javascript:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
    ],
)
def test_address_of_a_link_holds_no_mark_and_no_program_behind_one(typed, kept):
    assert sanitized(f'<p><a href="{typed}">See</a></p>') == f"<p><a{kept}>See</a></p>"


MARKED = "A\u200bb\u202e\ufeff"


@pytest.mark.django_db
def test_marks_that_no_screen_shows_are_left_out_of_what_staff_type():
    line = Helpline(slug="line", name=MARKED, phone="818\u200b555 0100", web_url="https://ex\u200bample.org/")
    line.full_clean()
    assert (line.name, line.phone, line.web_url) == ("Ab", "818555 0100", "https://example.org/")
    line.words = {"es": {"name": MARKED, "hours": "\u00ad\u200b"}}
    line.clean_fields()
    assert line.words == {"es": {"name": "Ab", "hours": ""}}
    text = Callout(parent=make_page(), heading=MARKED, body="<p>Words</p>")
    text.full_clean()
    assert text.heading == "Ab"


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad\u3164", "\u2800"])
@pytest.mark.django_db
def test_a_name_that_nobody_sees_is_refused(unseen):
    for fact, name in ((Helpline(name=unseen), "name"), (Page(heading=unseen), "heading")):
        with pytest.raises(ValidationError) as refused:
            fact.full_clean()
        assert "blank" in str(refused.value.message_dict[name])


@pytest.mark.parametrize("written", ["８１８５５５０１００", "٨١٨ ٥٥٥ ٠١٠٠", "818\u2011555\u20110100"])
def test_a_number_for_texts_is_read_as_one_to_call(written):
    assert Helpline(sms_number=written).sms_href == "sms:8185550100"


@pytest.mark.parametrize("address", ["ftp://example.org/", "javascript:alert(1)"])
def test_an_address_that_no_browser_opens_is_refused(address):
    with pytest.raises(ValidationError, match="web_url"):
        Helpline(slug="line", name="Line", web_url=address).full_clean(validate_unique=False)


@pytest.mark.parametrize("html", EMPTY)
@pytest.mark.django_db
def test_required_text_without_a_visible_word_is_refused(html):
    page = make_page()
    for block, name in ((Callout(heading="Take care"), "body"), (Question(question="Why?"), "answer")):
        block.parent = page
        setattr(block, name, html)
        with pytest.raises(ValidationError) as refused:
            block.full_clean()
        assert name in refused.value.message_dict


@pytest.mark.parametrize("html", EMPTY)
@pytest.mark.django_db
def test_safety_box_without_a_visible_word_stops_publishing(html):
    page = make_page(required_topics=["tolerance"])
    add_text(page, heading="Risk")
    box = Callout.objects.create(parent=page, heading="Box", body=html, safety_topic="tolerance", ordering=20)
    found = page_checks.check_version(publishing.record(page), Surroundings.read())
    stops = {finding.rule for finding in page_checks.errors(found)}
    assert {"safety-topic", "empty-words"} <= stops or "<del>" in html
    box.body = "<p>Your body can take less now.</p>"
    box.save()
    found = page_checks.check_version(publishing.record(page), Surroundings.read())
    assert not {"safety-topic", "empty-words"} & {finding.rule for finding in page_checks.errors(found)}


@pytest.mark.parametrize("body", ["<p>{clinic}</p>", "<ul><li><p>It costs {clinic-price}.</p></li></ul>"])
@pytest.mark.django_db
def test_box_whose_words_hang_on_what_nobody_entered_is_empty(body):
    """It would be shown with its heading alone; and a safety box would be, once somebody deletes the fact."""
    page = make_page(required_topics=["tolerance"])
    add_text(page, heading="Risk")
    Callout.objects.create(parent=page, heading="Box", body=body, safety_topic="tolerance", ordering=20)
    draft = publishing.record(page)
    found = page_checks.check_version(draft, Surroundings.read())
    assert {"safety-topic", "empty-words"} <= {finding.rule for finding in page_checks.errors(found)}
    Clinic.objects.update_or_create(pk=1, defaults={"phone": "818 555 0100", "first_session_price": "$1"})
    found = page_checks.check_version(draft, Surroundings.read())
    assert [finding.rule for finding in page_checks.errors(found)] == ["safety-topic"]


@pytest.mark.parametrize("word", ["911", "a", "é", "１", "سلام", "你"])
def test_a_letter_or_digit_of_any_writing_is_a_visible_word(word):
    assert has_visible_word(f"<p>{word}</p>")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("818‑555‑0100", "818-555-0100"),
        ("818‐555−0100", "818-555-0100"),
        ("(818)–555–0100", "(818)-555-0100"),
        ("818\u00a0555\u202f0100", "818 555 0100"),
        ("８１８-５５５-０１００", "818-555-0100"),
        ("٨١٨-555-0100", "818-555-0100"),
        ("ad\u00addict", "addict"),
        ("ad\u200bdict", "addict"),
        ("a – b", "a – b"),
        ("days 2–4", "days 2-4"),
    ],
)
def test_text_is_looked_at_as_a_reader_sees_it(typed, seen):
    assert as_read(typed) == seen


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<p>Call 818‑555‑0100 now.</p>", "typed-number"),
        ("<p>Call 818\u00a0555\u00a00100 now.</p>", "typed-number"),
        ("<p>Call ８１８-５５５-０１００ now.</p>", "typed-number"),
        ("<p>Call 818&shy;-555-0100 now.</p>", "typed-number"),
        ("<p>Call 818–555–0100 now.</p>", "typed-number"),
        ("<p>Call (818)555-0100 now.</p>", "typed-number"),
        ("<p>Call 818-5550100 now.</p>", "typed-number"),
        ("<p>Call 818 – 555 – 0100 now.</p>", "typed-number"),
        ("<p>Call 818•555•0100 now.</p>", "typed-number"),
        ("<p>Call 818･555･0100 now.</p>", "typed-number"),
        ("<p>Call 818∙555∙0100 now.</p>", "typed-number"),
        ("<p>Call 818,555,0100 now.</p>", "typed-number"),
        ("<p>Call 8️⃣1️⃣8️⃣ 555 0100 now.</p>", "typed-number"),
        ("<p>Call 9️⃣1️⃣1️⃣ now.</p>", "typed-number"),
        ("<p>Call 9.1.1 now.</p>", "typed-number"),
        ("<p>Call 818\u2043555\u20430100 now.</p>", "typed-number"),
        ("<p>Call ٨١٨ ٥٥٥ ٠١٠٠ now.</p>", "typed-number"),
        ("<p>Call 1-800-GET-HELP now.</p>", "typed-number"),
        ("<p>Call 9-1-1 now.</p>", "typed-number"),
        ("<p>A 911-call is free.</p>", "typed-number"),
        ("<p>Text HOME to 741\u00a0741.</p>", "typed-number"),
        ('<p><a href="https://example.org/">click\u00a0here</a></p>', "link-text"),
        ('<p><a href="https://example.org/">he\u00adre</a></p>', "link-text"),
        ("<p>It is guaran\u00adteed.</p>", "words-cure"),
        ("<p>They are ad\u00addicts.</p>", "words-"),
    ],
)
@pytest.mark.django_db
def test_checks_see_what_a_reader_sees(body, rule):
    page = make_page()
    add_text(page, body)
    found = page_checks.check_version(publishing.record(page), Surroundings.read())
    assert any(finding.rule.startswith(rule) for finding in found), found


@pytest.mark.parametrize(
    "words", ["from 2010-2015", "1,000,000,000 pills", "up to 105 000", "24/7", "2026-11-28", "100 to 200 mg"]
)
@pytest.mark.django_db
def test_other_numbers_are_no_telephone_numbers(words):
    page = make_page()
    add_text(page, f"<p>It is {words}.</p>")
    found = page_checks.check_version(publishing.record(page), Surroundings.read())
    assert "typed-number" not in {finding.rule for finding in found}


@pytest.mark.parametrize(
    "number", ["1-800-GET-HELP", "1-800-HELP", "818-555-0100 ext 5", "988 (press 1)", "555#12"]
)
def test_number_of_a_helpline_holds_digits_alone(number):
    """Its letters would be left out of the link, and something else be dialed."""
    with pytest.raises(ValidationError) as refused:
        Helpline(slug="line", name="Line", phone=number).clean()
    assert "phone" in refused.value.message_dict


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("818‑555‑0100", "tel:+18185550100"),
        ("1 (800) 555-0100", "tel:+18005550100"),
        ("８１８-５５５-０１００", "tel:+18185550100"),
        ("988", "tel:988"),
    ],
)
def test_number_of_a_helpline_is_dialed_as_a_reader_sees_it(number, link):
    line = Helpline(slug="line", name="Line", phone=number)
    line.clean()
    assert line.tel_href == link
