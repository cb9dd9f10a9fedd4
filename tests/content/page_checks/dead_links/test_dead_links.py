"""Links that lead nowhere: our own at once, other sites' once a week and only when switched on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content import dashboard, publishing
from content.models import Card, OutsideLink, PageSettings
from content.page_checks.dead_links import asking, checking, dead_links
from tests.support.pages import add_text, make_page, make_source, publish_page
from tests.support.staff import make_staff
from vtc_site import background

pytestmark = [pytest.mark.django_db, pytest.mark.once]
State = OutsideLink.State
URL = "https://a.example/help"


@pytest.fixture
def article():
    page = make_page(short_name="First")
    add_text(page, f'<p>See <a href="{URL}">where to get help</a>.</p>', heading="Help")
    publish_page(page)
    return page


@pytest.fixture
def asked(monkeypatch):
    """The addresses that were asked for; each answers 404."""
    found = []
    monkeypatch.setattr(asking, "ask", lambda url: found.append(url) or (State.DEAD, "answer 404"))
    return found


def switch_on():
    PageSettings.objects.create(checks_outside_links=True)


def days_ago(days):
    OutsideLink.objects.update(asked_at=timezone.now() - timedelta(days=days))


def rows():
    return [(str(each.place.page), each.place.where, each.place.words, each.answer) for each in dead_links()]


def test_a_page_taken_off_the_site_shows_the_links_to_it_at_once(client):
    target, page = make_page("/target/", short_name="Target"), make_page(short_name="First")
    add_text(page, '<p><a href="/target/">The other page</a></p>', heading="Ways on")
    Card.objects.create(parent=page, heading="Go", link="/target/", link_label="Read it", ordering=20)
    publish_page(target)
    publish_page(page)
    assert dead_links() == []
    client.force_login(make_staff("Publisher"))
    html = client.get(reverse("admin:content_page_withdraw", args=[target.pk])).content.decode()
    assert "These live pages link to it" in html
    publishing.withdraw(target)
    assert [row[:2] for row in rows()] == [
        ("First", "Block 1, text “Ways on”"),
        ("First", "Block 2, link to another page “Go”"),
    ]
    assert "Links that lead nowhere" in [
        each["title"] for each in dashboard.items(make_staff("Editor", "e@x.example"))
    ]
    assert "/target/" in client.get(reverse("admin:content_page_dead_links")).content.decode()


def test_other_sites_are_asked_once_a_week_only_when_switched_on(article, asked):
    assert checking.check_next() is None
    switch_on()
    assert checking.check_next() == URL
    assert checking.check_next() is None
    assert rows() == [("First", "Block 1, text “Help”", "where to get help", "answer 404")]
    days_ago(2)  # what failed is asked again the next day
    checking.check_next()
    OutsideLink.objects.update(state=State.WORKS)
    days_ago(6)
    assert checking.check_next() is None
    days_ago(8)
    checking.check_next()
    assert asked == [URL] * 3
    assert background.Job(checking.check_next) in background.JOBS


def test_one_address_a_round_sources_too_and_none_that_no_page_has(article, asked):
    make_source(url="https://b.example/")
    add_text(article, "<p>So it is [cdc-naloxone].</p>", ordering=20)
    OutsideLink.objects.create(url="https://gone.example/", state=State.DEAD)
    publish_page(article)
    switch_on()
    checking.check_next()
    assert len(asked) == 1
    checking.check_next()
    assert sorted(asked) == [URL, "https://b.example/"]
    assert not OutsideLink.objects.filter(url__contains="gone").exists()
