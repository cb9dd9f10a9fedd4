"""Pages from memory: the same as from Django, only those that everybody gets, bounded. See page_cache.py."""

import threading

import pytest
from django.core.wsgi import get_wsgi_application

from tests.support.pages import make_page, publish_page
from tests.support.wsgi import ask
from vtc_site.page_cache import PageCache

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.once]


def test_answers_the_second_request_without_django(cache, django, article):
    first, again = ask(cache, article.path), ask(cache, article.path)
    assert first.status == 200
    assert (again.body, again.headers) == (first.body, first.headers)
    assert django.asked == 1


def test_gives_what_django_gives(cache, django, article):
    direct, kept = ask(django, article.path), ask(cache, article.path)
    assert kept.body == direct.body
    assert kept.headers | direct.headers == kept.headers
    assert kept.headers.keys() - direct.headers.keys() == {"etag", "vary"}


def test_ignores_query_cookies_and_wishes_of_the_visitor(cache, django, article):
    plain = ask(cache, article.path).body
    assert ask(cache, f"{article.path}?utm_source=x&y=<b>").body == plain
    assert ask(cache, article.path, cookie="session=abc", accept_language="es").body == plain
    assert django.asked == 1


@pytest.mark.parametrize(
    "path",
    [
        "/contact/",
        "/contact/sent/",
        "/admin/login/",
        "/healthz/",
        "/no-such-page/",
        "/signs",
        f"/pictures/{'0' * 32}-640.webp",  # browsers keep them, and nothing makes them smaller
    ],
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
