"""Pages from memory are never older than the last save, whoever saved and wherever."""

import os
import threading
from datetime import timedelta

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.utils import timezone

from content import publishing
from content.caching import public_state
from content.models import Clinic, Helpline, Text
from intake.models import IntakeSettings
from tests.support.kept_pages import change_text
from tests.support.pages import publish_page
from tests.support.wsgi import ask
from vtc_site import page_cache
from vtc_site.page_cache import PageCache

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.once]


def test_shows_a_published_change_at_once(cache, article):
    assert "First words." in ask(cache, article.path).text
    change_text(article, "Second words.")
    assert "Second words." in ask(cache, article.path).text


def add_helpline():
    Helpline.objects.create(slug="x", name="New line", phone="211", is_published=True, is_in_footer=True)


def add_helplines():
    Helpline.objects.bulk_create([Helpline(slug="y", name="New line", phone="211")])


def rename_helpline():
    Helpline.objects.filter(slug="line").update(name="Renamed line")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: Clinic(phone="714-555-0100").save(), "714-555-0100"),
        (add_helpline, "New line"),
        (rename_helpline, "Renamed line"),
        (lambda: IntakeSettings(pk=1, keep_finished_days=33).save(), "33 days after"),
    ],
)
def test_a_changed_fact_shows_on_every_page_at_once(cache, article, change, words):
    Helpline.objects.create(slug="line", name="A line", phone="311", is_published=True, is_in_footer=True)
    assert words not in ask(cache, article.path).text
    change()
    assert words in ask(cache, article.path).text


@pytest.mark.parametrize("change", [add_helplines, rename_helpline])
def test_the_stamp_is_touched_once_the_change_can_be_read(monkeypatch, change):
    """Else a page made in between would pass for new."""
    Helpline.objects.create(slug="line", name="A line", phone="311")
    seen = []
    monkeypatch.setattr(
        "content.caching.stamp_file.touch", lambda: seen.extend(Helpline.objects.values_list("name"))
    )
    change()
    assert set(seen) & {("Renamed line",), ("New line",)}


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
    blink, day = timedelta(microseconds=10), timedelta(days=1)
    for moment, words in (
        (now + day - blink, "First words."),
        (now + day, "Words of tomorrow."),
        (now + 2 * day - blink, "Words of tomorrow."),
        (now + 2 * day, "First words."),
    ):
        at(monkeypatch, moment)
        assert words in ask(cache, article.path).text


def test_a_change_on_another_host_shows_after_the_next_look(cache, article, monkeypatch):
    ask(cache, article.path)
    with monkeypatch.context() as other_host:
        other_host.setattr("content.caching.stamp_file.touch", lambda: None)
        change_text(article, "Words from elsewhere.")
    public_state.look()  # the thread of the page cache does this every second
    assert "Words from elsewhere." in ask(cache, article.path).text


@pytest.fixture
def pauses(monkeypatch):
    """Let the thread of the page cache wait forever at its pause number `last`, and tell when it does."""

    class Pauses:
        last, count, reached = 1, 0, threading.Event()

        def __call__(self, seconds):
            self.count += 1
            if self.count >= self.last:
                self.reached.set()
                threading.Event().wait()

    monkeypatch.setattr(page_cache.time, "sleep", pauses := Pauses())
    return pauses


def test_the_thread_looks_every_second_and_warms_the_pages(cache, django, article, pauses):
    pauses.last = 2
    cache.start()
    assert pauses.reached.wait(20)
    before = django.asked
    assert ask(cache, article.path).status == 200
    assert django.asked == before


def test_the_first_visitor_comes_before_the_pages_that_nobody_asked_for(cache, django, article, pauses):
    cache.start()
    assert pauses.reached.wait(20)
    assert django.asked == 0
    assert ask(cache, article.path).status == 200


def test_a_stamp_that_is_removed_hides_no_change(cache, article, settings):
    for number in range(3):
        ask(cache, article.path)
        settings.STAMP_FILE.unlink(missing_ok=True)
        change_text(article, f"Words number {number}.")
        assert f"Words number {number}." in ask(cache, article.path).text


def test_a_stamp_that_another_process_made_anew_is_seen_from_the_next_look(cache, article, settings):
    ask(cache, article.path)
    settings.STAMP_FILE.unlink()
    public_state.look()  # the thread of the page cache does this every second
    before = public_state.stamp_file.read()
    with settings.STAMP_FILE.open("r+b") as file:  # as another process does it, without a word to this one
        file.write(os.urandom(16))
    assert public_state.stamp_file.read() != before


def test_the_stamp_of_an_older_release_is_taken_over(cache, article, settings):
    settings.STAMP_FILE.unlink(missing_ok=True)
    settings.STAMP_FILE.write_bytes(b"...")  # it grew by a byte for each change
    ask(cache, article.path)
    change_text(article, "Words of the new release.")
    assert "Words of the new release." in ask(cache, article.path).text


def test_without_a_stamp_a_change_shows_after_the_next_look(cache, article, settings, tmp_path, caplog):
    (tmp_path / "a-file").touch()
    settings.STAMP_FILE = tmp_path / "a-file" / "freshness"  # no folder can be made there, not even by root
    ask(cache, article.path)
    change_text(article, "Words without a stamp.")
    assert "The stamp file cannot be written" in caplog.text
    assert ask(cache, article.path).status == 200
    public_state.look()
    assert "Words without a stamp." in ask(cache, article.path).text


def test_a_new_release_serves_its_own_pages_to_old_copies(django, article, monkeypatch):
    before = ask(PageCache(django), article.path)
    monkeypatch.setattr(StaticFilesStorage, "url", lambda self, name: f"/static/new-{name}")
    public_state.forget()  # the memory of a process ends with it
    after = ask(PageCache(django), article.path, if_none_match=before.headers["etag"])
    assert after.status == 200
    assert 'href="/static/new-css/site.css"' in after.text
