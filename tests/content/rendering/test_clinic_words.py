"""What staff enter about the clinic stands on the pages; what they have not entered leaves no trace."""

import pytest

from content.models import Clinic, Source
from tests.support.pages import add_text, make_page, publish_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def shown(client, body, **facts):
    if facts:
        Clinic(**facts).save()
    page = make_page()
    add_text(page, body)
    publish_page(page)
    return client.get(page.path).content.decode()


def test_a_sentence_goes_while_its_fact_is_unknown(client):
    html = shown(
        client, "<p>Ask us.</p><p>A first session costs {clinic-price}.</p><ul><li>{clinic-ages}</li></ul>"
    )
    assert "Ask us." in html
    assert "A first session" not in html
    assert "<li></li>" not in html


def test_a_sentence_comes_with_its_fact(client):
    html = shown(client, "<p>A first session costs {clinic-price}.</p>", first_session_price="$90 & tax")
    assert "A first session costs $90 &amp; tax." in html


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"takes_medi_cal": "yes"}, "We take Medi-Cal."),
        ({"takes_medi_cal": "no"}, "We don’t take Medi-Cal."),
        ({"takes_medi_cal": "ask"}, "so ask before you book."),
        ({"prescribes": "yes"}, "We can prescribe medicine for opioid addiction."),
        (
            {"prescribes": "no", "medicine_elsewhere": "Our page on treatment says where."},
            "We don’t prescribe medicine for opioid addiction. Our page on treatment says where.",
        ),
    ],
)
def test_yes_no_and_ask_are_whole_sentences(client, facts, sentence):
    assert sentence in shown(client, "<p>{clinic-medi-cal}</p><p>{clinic-medicine}</p>", **facts)


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("clinic-insurance-unknown", {"takes_medi_cal": "no"}),
        ("clinic-ages-unknown", {"ages_seen": "18 or older"}),
        ("clinic-medicine-unknown", {"prescribes": "no"}),
        ("clinic-languages-unknown", {"languages": "English"}),
    ],
)
def test_a_question_has_an_answer_while_nothing_is_known(client, code, facts):
    assert "on this page yet" in shown(client, f"<p>{{{code}}}</p>")
    Clinic(**facts).save()
    assert "on this page yet" not in client.get("/page/").content.decode()


def test_the_starting_pages_leave_no_hole(starting_pages, client):
    for path in ("/", "/faq/", "/about/", "/treatment/", "/privacy/"):
        html = client.get(path).content.decode()
        assert "{clinic" not in html
        assert "<p></p>" not in html
        assert "Please ask us" not in html


@pytest.mark.parametrize(
    ("verification", "is_dated"),
    [("seen", True), ("seen-in-copy", False), ("second-hand", False), ("not-opened", False), ("", False)],
)
def test_only_a_source_read_at_its_address_shows_the_day(verification, is_dated):
    source = Source(verification=verification, checked_on="2026-11-27")
    assert bool(source.read_on) is is_dated


def test_a_page_says_once_that_some_sources_wait_to_be_opened(starting_pages, client):
    html = client.get("/treatment/").content.decode()
    assert html.count("We have read those without *") == 1
    assert 0 < html.count("</a>. *") < html.count('<li id="source-')


def test_the_clinic_itself_can_be_called_and_texted_from_a_sentence(client):
    link = '<a href="https://example.org/">Example {clinic}</a>'
    body = f"<p>Call {{clinic}} or text {{clinic-text}}.</p><p>{link}</p>"
    html = shown(client, body, phone="(818) 555-0100", text_number="(818) 555-0199")
    assert 'Call <a href="tel:+18185550100">(818) 555-0100</a>' in html
    assert 'text <a href="sms:+18185550199">(818) 555-0199</a>.' in html
    assert '">Example (818) 555-0100</a>' in html


def test_a_sentence_goes_while_the_clinic_has_no_number(client):
    html = shown(client, "<p>Ask us.</p><p>Call {clinic}.</p>")
    assert "{clinic}" not in html and "Call ." not in html
