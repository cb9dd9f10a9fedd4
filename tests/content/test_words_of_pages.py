"""Pages can show words that the messages app keeps: the days after which messages are deleted."""

import pytest

from content import page_checks, publishing
from intake.models import IntakeSettings
from tests.support.pages import add_text, make_page, publish_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_page_shows_the_days_that_staff_have_set(client):
    page = make_page()
    add_text(page, "<p>How long? {message-retention}</p>")
    publish_page(page)
    assert (
        "How long? There’s no set day yet, but you can ask us to delete yours.</p>"
        in client.get(page.path).content.decode()
    )
    IntakeSettings(keep_open_days=90, keep_finished_days=30).save()
    html = client.get(page.path).content.decode()
    assert "We delete a message 30 days after we are done." in html
    assert "90 days after it arrived" in html


def test_the_privacy_page_shows_them(starting_pages, client):
    IntakeSettings(keep_finished_days=31).save()
    assert "31 days after we are done" in client.get("/privacy/").content.decode()


def test_the_checks_know_the_code_of_such_words(db):
    page = make_page()
    add_text(page, "<p>{message-retention} {no-such-line}</p>")
    found = page_checks.check_version(publishing.record(page))
    assert [each.text for each in found if each.rule == "unknown-helpline"] == ["{no-such-line}"]
