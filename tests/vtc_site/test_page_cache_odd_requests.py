"""Odd and hostile requests get from the page cache what Django says, and leave nothing in its memory."""

import pytest
from django.db import connection

from tests.support.wsgi import ask
from vtc_site import page_cache

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def connection_stays_open(monkeypatch):
    """Each request would close a connection that is in the transaction of a test."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


# Paths as a WSGI server hands them on: percent signs decoded, each byte a letter.
ODD_PATHS = [
    "",
    "*",
    "//",
    "//evil.example/",
    "/./",
    "/../../etc/passwd/",
    "/some-page/../",
    "/some-page//",
    "//some-page/",
    "/SOME-PAGE/",
    "/some-page",
    "/some-page/index.html",
    "/some-page\x00/",
    "/some-page/\r\nSet-Cookie: a=b/",
    "/<script>alert(1)</script>/",
    "/{{ 7|add:7 }}/",
    "/%2e%2e/",
    "/así/".encode().decode("latin-1"),
    "/\xff\xfe/",
    "/robots.txt/",
    "/contact-us/",
    f"/{'a' * 100_000}/",
    f"/{'a/' * 5_000}",
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ODD_PATHS, ids=lambda path: ascii(path)[:30])
def test_an_odd_path_gets_what_django_says(cache, django, article, path, method):
    ask(cache, article.path)
    direct = ask(django, path, method)
    for _ in range(2):
        reply = ask(cache, path, method)
        assert (reply.status, reply.headers.get("location")) == (
            direct.status,
            direct.headers.get("location"),
        )
        assert reply.body == direct.body or method == "HEAD"
    assert direct.status in (301, 404)
    assert list(cache._pages) == [article.path]


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", ""]
)
def test_only_get_and_head_are_answered_from_memory(cache, django, article, method):
    ask(cache, article.path)
    before = django.asked
    reply = ask(cache, article.path, method)
    assert django.asked == before + 1
    assert reply.status == ask(django, article.path, method).status


ODD_HOSTS = [
    "TESTSERVER",
    "testserver:80",
    "testserver:8080",
    "testserver.",
    "testserver, evil.example",
    "testserver@evil.example",
    "evil.example",
    "evil.example:testserver",
    "[::1]",
    "",
    "x" * 10_000,
    "\xff",
]


@pytest.mark.parametrize("host", ODD_HOSTS, ids=lambda host: ascii(host)[:30])
def test_an_odd_host_gets_what_django_says_and_poisons_nothing(cache, django, article, host):
    forged = {"host": host, "x_forwarded_host": "evil.example", "x_forwarded_proto": "ftp"}
    direct, first = ask(django, article.path, **forged), ask(cache, article.path, **forged)
    again = ask(cache, article.path, **forged)
    assert first.status == again.status == direct.status
    assert first.body == again.body == direct.body
    honest = ask(cache, article.path)
    assert honest.body == ask(django, article.path).body
    assert "evil.example" not in honest.text


def test_many_addresses_do_not_fill_the_memory(cache, article, monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_ADDRESSES", 20)
    ask(cache, article.path)
    for number in range(40):
        assert ask(cache, f"/no-such-page-{number}/").status == 404
        assert ask(cache, f"{article.path}?number={number}").status == 200
        assert ask(cache, article.path, host=f"testserver:{number + 1}").status == 200
    assert list(cache._pages) == [article.path]
    assert len(cache._addresses) == 20


def test_queries_are_ignored_however_odd(cache, django, article):
    plain = ask(cache, article.path).body
    for query in ("a=b", "%00", "\xff=\xff", "x" * 100_000, "page=2&page=3", "<script>"):
        assert ask(cache, f"{article.path}?{query}").body == plain
    assert django.asked == 1
