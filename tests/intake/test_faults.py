"""Real faults of the database: the person is told in time, keeps the text, and can send it again."""

import secrets
import sqlite3
import time

import pytest
from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from content.models import Clinic
from intake.models import Notification, Submission
from tests.support.messages import filled_in

pytestmark = pytest.mark.django_db(transaction=True)
MAX_ANSWER_SECONDS = 8
NOT_NOW = "You can’t send us a message right now"
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")


def assert_not_sent_and_sendable(client, *, recover):
    message = f"canary text {secrets.token_urlsafe(3600)}"  # 4,800 characters that cannot be compressed
    began = time.monotonic()
    answer = client.post("/contact/", filled_in(message=message))
    assert time.monotonic() - began < MAX_ANSWER_SECONDS
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "canary text" in page and "Your message isn’t sent" in page
    assert 'href="tel:911"' in page and 'href="tel:988"' in page
    recover()
    assert not Submission.objects.exists()
    assert client.post("/contact/", filled_in(message=message)).status_code == 303
    assert Submission.objects.count() == Notification.objects.count() == 1


@on_sqlite
def test_text_is_shown_again_when_the_database_file_is_locked(client):
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert_not_sent_and_sendable(client, recover=lambda: other.execute("ROLLBACK"))
    finally:
        other.close()


@on_postgresql
def test_text_is_shown_again_when_the_table_is_locked(client):
    other = connections.create_connection("default")
    other.set_autocommit(False)
    try:
        other.cursor().execute("LOCK TABLE intake_submission IN EXCLUSIVE MODE")
        assert_not_sent_and_sendable(client, recover=other.rollback)
    finally:
        other.close()


@on_sqlite
def test_text_is_shown_again_when_the_disk_is_full(client):
    with connection.cursor() as cursor:
        fill_up(cursor)

    def recover():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filler")

    assert_not_sent_and_sendable(client, recover=recover)


def fill_up(cursor):
    """Let the database file grow no more, and use up its free pages."""
    cursor.execute("CREATE TABLE filler (text)")
    cursor.execute("PRAGMA page_count")
    cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    size = 4096
    while size > 16:
        try:
            cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [size])
        except OperationalError:
            size //= 2


def test_text_is_shown_again_when_the_database_is_down(client, monkeypatch):
    def refused(self):
        raise OperationalError("connection refused for canary")

    with monkeypatch.context() as patch:
        connection.close()
        patch.setattr(BaseDatabaseWrapper, "connect", refused)
        assert_not_sent_and_sendable(client, recover=patch.undo)


def test_form_says_at_once_that_sending_is_impossible_when_the_database_is_down(client, monkeypatch):
    Clinic.objects.create(phone="714-555-0100")
    page = client.get("/contact/").content.decode()
    assert "714-555-0100" in page and NOT_NOW not in page

    def refused(self):
        raise OperationalError("connection refused for canary")

    with monkeypatch.context() as patch:
        connection.close()
        patch.setattr(BaseDatabaseWrapper, "connect", refused)
        answer = client.get("/contact/")
        page = answer.content.decode()
        notice = page[page.index(NOT_NOW) : page.index("No one watches")]
        assert answer.status_code == 503 and answer["Retry-After"] and answer["Cache-Control"] == "no-store"
        assert "<title>Not possible now" in page and "isn’t sent" not in page
        assert all(f'href="tel:{number}"' in notice for number in ("+17145550100", "911", "988"))
        assert client.head("/contact/").status_code == 503
        page = client.post("/contact/", filled_in(message="canary text")).content.decode()
        notice = page[page.index("Your message isn’t sent") : page.index("No one watches")]
        assert all(f'href="tel:{number}"' in notice for number in ("+17145550100", "911", "988"))
        assert "canary text" in page
    assert NOT_NOW not in client.get("/contact/").content.decode()


def test_text_is_shown_again_when_the_commit_fails(client, monkeypatch):
    def failing(self):
        raise OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "_commit", failing)
        assert_not_sent_and_sendable(client, recover=patch.undo)
