"""The page a visitor gets: the live Version, its tokens resolved, in a constant number of queries."""

import re
from datetime import UTC, datetime

import pytest

from content.models import Callout, Card, Helpline, SignList, Version
from tests.support.pages import add_text, make_page, make_source, publish_page

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def body_of(client, path="/some-page/"):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_shows_the_live_version(client):
    page = make_page()
    add_text(page, "<p>Words that matter.</p>", heading="A section")
    publish_page(page)
    html = body_of(client)
    assert "Words that matter." in html
    assert '<h2 id="a-section"' in html


def test_a_heading_takes_no_anchor_that_the_page_has_already(client):
    make_source("one")
    page = make_page()
    for place, heading in enumerate(["Main", "Message", "Sources", "Sources"]):
        add_text(page, "<p>Words [one].</p>", heading=heading, ordering=place)
    publish_page(page)
    anchors = re.findall(r' id="([^"]+)"', body_of(client))
    assert {"section-main", "section-message", "section-sources", "section-sources-2"} <= set(anchors)
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("path", ["/no-such-page/", "/some-page/"])
def test_answers_404_where_nothing_is_live(client, path):
    make_page()
    assert client.get(path).status_code == 404


def test_numbers_sources_in_the_order_of_the_text(client):
    make_source("second", title="Second source")
    make_source("first", title="First source")
    page = make_page(lede="So it is [first].")
    add_text(page, "<p>More [second] and again [first].</p>")
    publish_page(page)
    html = body_of(client)
    assert html.count('href="#source-1"') >= 2
    assert html.index("First source") < html.index("Second source")


def test_shows_the_number_of_a_helpline_and_follows_its_spare_number(client):
    line = Helpline.objects.create(
        slug="line", name="A line", phone="1-800-555-0100", spare_phone="1-800-555-0199", is_published=True
    )
    page = make_page()
    add_text(page, "<p>Call {line}.</p>")
    publish_page(page)
    assert 'href="tel:+18005550100">1-800-555-0100</a>' in body_of(client)
    line.is_spare_used = True
    line.save()
    assert 'href="tel:+18005550199">1-800-555-0199</a>' in body_of(client)


def test_escapes_what_editors_type_in_plain_fields(client):
    page = make_page(heading="<script>alert(1)</script>")
    SignList.objects.create(parent=page, heading="<b>x</b>", signs="<img src=x onerror=alert(1)>")
    Callout.objects.create(parent=page, heading="h", body="<p onclick=alert(1)>ok</p><script>x</script>")
    publish_page(page)
    html = body_of(client)
    assert "<img src=x" not in html
    assert "<script>alert" not in html


def test_a_page_is_shown_without_the_dictionary_that_grades_need(client, monkeypatch):
    page = make_page()
    add_text(page, f"<p>{'You can rest now. ' * 3}</p>" * 80)
    publish_page(page)
    monkeypatch.setattr("content.readability.textstat", None)
    assert "5-minute read" in body_of(client)


def test_queries_do_not_grow_with_blocks_or_versions(client, django_assert_num_queries):
    page = make_page()
    add_text(page)
    publish_page(page)
    client.get(page.path)
    with django_assert_num_queries(QUERIES):
        client.get(page.path)
    for number in range(20):
        add_text(page, f"<p>{number}</p>", ordering=number)
        Card.objects.create(parent=page, heading=f"{number}", link=page.path, link_label="x", ordering=number)
        publish_page(page)
        publish_page(make_page(f"/page-{number}/"))
    with django_assert_num_queries(QUERIES):
        client.get(page.path)


QUERIES = (
    9  # version, helplines, topics, sources, clinic, look, notice, and settings of pages and of the form
)


def test_the_day_shown_is_the_day_of_the_attribute(client):
    """In the evening in California it is the next day in UTC."""
    version = publish_page(make_page())
    Version.objects.filter(pk=version.pk).update(live_from=datetime(2026, 1, 28, 3, tzinfo=UTC))
    html = client.get("/some-page/").content.decode()
    assert '<time datetime="2026-01-27">January 27, 2026</time>' in html
