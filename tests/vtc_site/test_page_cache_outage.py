"""Pages from memory while the database is stopped, or a page cannot be made."""

import pytest
from django.db import OperationalError

from content.caching import public_state
from tests.support.kept_pages import change_text, stop_database
from tests.support.wsgi import ask
from vtc_site.page_cache import PageCache

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.once]


def test_the_last_good_copy_answers_while_the_database_is_stopped(cache, article, monkeypatch):
    for path in (article.path, "/robots.txt", "/sitemap.xml"):
        ask(cache, path)
    stop_database(monkeypatch)
    public_state.stamp_file.touch()
    for _ in range(3):
        assert "First words." in ask(cache, article.path).text
    public_state.forget()
    assert ask(cache, "/robots.txt").status == ask(cache, "/sitemap.xml").status == 200


def test_a_page_that_fails_shows_its_last_good_copy(cache, article, monkeypatch):
    ask(cache, article.path)
    monkeypatch.setattr("content.visitors.views.page_context", None)
    public_state.touch()
    assert "First words." in ask(cache, article.path).text


def test_comes_back_when_the_database_does(cache, article, monkeypatch):
    ask(cache, article.path)
    with monkeypatch.context() as outage:
        stop_database(outage)
        public_state.stamp_file.touch()
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


def test_a_process_that_started_without_a_database_shows_pages_when_it_comes(django, article, monkeypatch):
    cache = PageCache(django)
    with monkeypatch.context() as outage:
        stop_database(outage)
        assert ask(cache, article.path).status == 503
        assert ask(cache, "/sitemap.xml").status == 503
        assert ask(cache, "/no-such-page/").status == 503
    assert "First words." in ask(cache, article.path).text
    assert ask(cache, "/sitemap.xml").status == 200
    assert ask(cache, "/no-such-page/").status == 404


def test_the_log_says_once_that_the_database_is_gone_and_that_it_is_back(cache, caplog):
    for _ in range(3):
        cache._note_outage(OperationalError("canary"))
    for _ in range(2):
        cache._end_outage()
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "The database does not answer: OperationalError. Pages come from memory.",
        "The database answers again.",
    ]
