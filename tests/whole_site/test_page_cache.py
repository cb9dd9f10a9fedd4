"""Pages from memory: the same as from Django, never older than the last save, there without a database."""

import threading
from datetime import timedelta

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connections, transaction
from django.utils import timezone

from content import facts, freshness, publishing
from content.models import Clinic, Helpline, PublicChange, Text, Version
from intake.models import IntakeSettings
from tests.content.factories import add_text, make_page, publish_page
from tests.whole_site.web import ask
from vtc_site import page_cache
from vtc_site.page_cache import PageCache

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class Counted:
    """Django, and how often it was asked."""

    def __init__(self):
        self.asked, self._django = 0, get_wsgi_application()

    def __call__(self, environ, start_response):
        self.asked += 1
        return self._django(environ, start_response)


@pytest.fixture
def django():
    return Counted()


@pytest.fixture
def cache(django):
    return PageCache(django)


@pytest.fixture
def article():
    article = make_page()
    add_text(article, "<p>First words.</p>")
    publish_page(article)
    return article


def change_text(article, words):
    Text.objects.filter(parent=article).update(body=f"<p>{words}</p>")
    publish_page(article)


def stop_database(monkeypatch):
    """Let the database be gone: no connection is open and none can be made."""

    def refuse(*args, **kwargs):
        raise OperationalError("the database is stopped")

    connections.close_all()
    monkeypatch.setattr(type(connections["default"]), "get_new_connection", refuse)


def test_answers_the_second_request_without_django(cache, django, article):
    first, again = ask(cache, article.path), ask(cache, article.path)
    assert first.status == 200
    assert (again.body, again.headers) == (first.body, first.headers)
    assert django.asked == 1


def test_gives_what_django_gives(cache, django, article):
    direct, kept = ask(django, article.path), ask(cache, article.path)
    assert kept.body == direct.body
    assert kept.headers | direct.headers == kept.headers
    assert kept.headers.keys() - direct.headers.keys() == {"etag", "vary", "accept-ranges"}


def test_ignores_query_cookies_and_wishes_of_the_visitor(cache, django, article):
    plain = ask(cache, article.path).body
    assert ask(cache, f"{article.path}?utm_source=x&y=<b>").body == plain
    assert ask(cache, article.path, cookie="session=abc", accept_language="es").body == plain
    assert django.asked == 1


@pytest.mark.parametrize(
    "path", ["/contact/", "/contact/sent/", "/admin/login/", "/healthz/", "/no-such-page/", "/signs"]
)
def test_never_keeps_what_is_not_a_public_page(cache, django, article, path):
    ask(cache, path), ask(cache, path)
    before = django.asked
    ask(cache, path)
    assert django.asked > before


def test_a_post_reaches_django(cache, django, article):
    ask(cache, article.path)
    assert ask(cache, article.path, "POST").status in (403, 405)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private"},
        {},
        {"Cache-Control": "public", "Set-Cookie": "a=b"},
        {"Cache-Control": "public", "Vary": "Cookie"},
    ],
)
def test_keeps_nothing_that_is_not_for_everyone(headers):
    asked = []

    def application(environ, start_response):
        asked.append(environ)
        start_response("200 OK", list(headers.items()))
        return [b"body"]

    cache = PageCache(application)
    for _ in range(3):
        ask(cache, "/page/")
    assert len(asked) >= 3


def test_shows_a_published_change_at_once(cache, article):
    assert "First words." in ask(cache, article.path).text
    change_text(article, "Second words.")
    assert "Second words." in ask(cache, article.path).text


def test_is_never_old_after_a_save_in_another_process(cache, article):
    """Another process shares only the database and the stamp file: here a second cache of the same host."""
    for number in range(20):
        ask(cache, article.path)
        change_text(article, f"Words number {number}.")
        assert f"Words number {number}." in ask(cache, article.path).text


def test_a_change_that_is_rolled_back_shows_nothing(cache, django, article):
    ask(cache, article.path)
    with pytest.raises(RuntimeError), transaction.atomic():
        change_text(article, "Never said.")
        raise RuntimeError
    assert "First words." in ask(cache, article.path).text


def test_the_save_touches_the_stamp_only_after_its_commit(article):
    before = freshness.stamp.read()
    with transaction.atomic():
        Clinic.objects.create(phone="714-555-0100")
        assert freshness.stamp.read() == before
    assert freshness.stamp.read() != before


def add_helpline():
    Helpline.objects.create(slug="x", name="New line", phone="211", is_published=True, is_in_footer=True)


def rename_helpline():
    Helpline.objects.filter(slug="line").update(name="Renamed line")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: Clinic(phone="714-555-0100").save(), "714-555-0100"),
        (add_helpline, "New line"),
        (rename_helpline, "Renamed line"),
        (lambda: IntakeSettings(pk=1, reply_time="We answer soon.").save(), "We answer soon."),
    ],
)
def test_a_changed_fact_shows_on_every_page_at_once(cache, article, change, words):
    Helpline.objects.create(slug="line", name="A line", phone="311", is_published=True, is_in_footer=True)
    assert words not in ask(cache, article.path).text
    change()
    assert words in ask(cache, article.path).text


def test_a_page_that_is_withdrawn_is_gone_at_once(cache, article):
    assert ask(cache, article.path).status == 200
    publishing.withdraw(article)
    assert ask(cache, article.path).status == 404
    assert ask(cache, article.path).status == 404


def at(monkeypatch, moment):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    monkeypatch.setattr("time.time", moment.timestamp)


def test_a_scheduled_change_shows_when_its_time_comes(cache, article, monkeypatch):
    now = timezone.now()
    Text.objects.filter(parent=article).update(body="<p>Words of tomorrow.</p>")
    publish_page(article, live_from=now + timedelta(days=1), live_until=now + timedelta(days=2))
    assert "First words." in ask(cache, article.path).text
    at(monkeypatch, now + timedelta(days=1, seconds=1))
    assert "Words of tomorrow." in ask(cache, article.path).text
    at(monkeypatch, now + timedelta(days=2, seconds=1))
    assert "First words." in ask(cache, article.path).text


def test_a_change_on_another_host_shows_after_the_next_look(cache, article, monkeypatch):
    ask(cache, article.path)
    with monkeypatch.context() as other_host:
        other_host.setattr("content.stamp.touch", lambda: None)
        change_text(article, "Words from elsewhere.")
    freshness.look()  # the thread of the page cache does this every second
    assert "Words from elsewhere." in ask(cache, article.path).text


def test_the_thread_looks_every_second_and_warms_the_pages(cache, django, article, monkeypatch):
    looked = threading.Event()
    monkeypatch.setattr(page_cache.time, "sleep", lambda seconds: looked.set() or threading.Event().wait())
    cache.start()
    assert looked.wait(20)
    before = django.asked
    assert ask(cache, article.path).status == 200
    assert django.asked == before


def test_the_last_good_copy_answers_while_the_database_is_stopped(cache, article, monkeypatch):
    for path in (article.path, "/robots.txt", "/sitemap.xml"):
        ask(cache, path)
    stop_database(monkeypatch)
    freshness.stamp.touch()
    for _ in range(3):
        assert "First words." in ask(cache, article.path).text
    freshness.forget()
    assert ask(cache, "/robots.txt").status == ask(cache, "/sitemap.xml").status == 200


def test_a_page_that_fails_shows_its_last_good_copy(cache, article, monkeypatch):
    ask(cache, article.path)
    monkeypatch.setattr("content.views.page_context", None)
    freshness.touch()
    assert "First words." in ask(cache, article.path).text


def test_comes_back_when_the_database_does(cache, article, monkeypatch):
    ask(cache, article.path)
    with monkeypatch.context() as outage:
        stop_database(outage)
        freshness.stamp.touch()
        ask(cache, article.path)
    change_text(article, "Words after the outage.")
    cache._outage_ends = 0  # the thread sets it when the database answers again
    assert "Words after the outage." in ask(cache, article.path).text


def test_the_overdose_steps_answer_from_the_release(cache, monkeypatch):
    missing = ask(cache, "/overdose-help/")
    assert missing.status == 200
    assert "naloxone" in missing.text
    assert 'href="tel:911"' in missing.text


def test_the_overdose_steps_answer_from_the_release_without_a_database(django, monkeypatch):
    stop_database(monkeypatch)
    reply = ask(PageCache(django), "/overdose-help/")
    assert reply.status == 200
    assert "naloxone" in reply.text
    assert reply.headers["cache-control"] == "no-store"


def test_a_page_that_was_never_in_memory_says_so_without_a_database(django, article, monkeypatch):
    stop_database(monkeypatch)
    reply = ask(PageCache(django), article.path)
    assert reply.status == 503
    assert 'href="tel:988"' in reply.text
    assert reply.headers["cache-control"] == "no-store"


def test_of_many_at_once_one_makes_the_page(cache, django, article):
    start, bodies = threading.Barrier(8), []

    def visit():
        start.wait()
        bodies.append(ask(cache, article.path).body)

    visitors = [threading.Thread(target=visit) for _ in range(8)]
    [visitor.start() for visitor in visitors]
    [visitor.join() for visitor in visitors]
    assert len(set(bodies)) == 1
    assert django.asked == 1


def test_memory_is_bounded(django):
    pages = [publish_page(make_page(f"/page-{number}/")).page for number in range(4)]
    cache = PageCache(django, most_bytes=30_000)
    for page in pages:
        assert ask(cache, page.path).status == 200
    assert cache._bytes <= 30_000
    assert cache._bytes == sum(kept[1].bytes_kept for kept in cache._pages.values())


def test_another_host_and_plain_http_get_what_django_says(django, article, settings, monkeypatch):
    settings.SITE_URL, settings.IS_HTTPS = "https://www.clinic.example", True
    settings.ALLOWED_HOSTS = ["www.clinic.example", "clinic.example"]
    cache = PageCache(get_wsgi_application())
    there = {"host": "www.clinic.example", "x_forwarded_proto": "https"}
    assert ask(cache, article.path, **there).status == 200
    assert ask(cache, article.path, **there | {"x_forwarded_proto": "http"}).status == 301
    moved = ask(cache, f"{article.path}?a=b", **there | {"host": "clinic.example"})
    assert moved.headers["location"] == f"https://www.clinic.example{article.path}?a=b"
    assert ask(cache, article.path, **there | {"host": "evil.example"}).status == 400


def test_an_uncached_page_costs_three_queries_at_most(client, article, django_assert_max_num_queries):
    client.get(article.path)
    with django_assert_max_num_queries(3):
        client.get(article.path)


def test_facts_in_a_transaction_are_read_anew(article):
    facts.current()
    with transaction.atomic():
        Clinic.objects.create(name="A new name")
        assert facts.current().clinic.name == "A new name"


def test_old_changes_are_forgotten(article, monkeypatch):
    monkeypatch.setattr("content.models.changes.KEPT", 5)
    for _ in range(20):
        freshness.touch()
    assert PublicChange.objects.count() <= 10
    assert Version.objects.count() == 1
