"""A PostgreSQL that says nothing any more, on an open connection or a new one: answers still come in time."""

import socket
import time
from contextlib import closing

import pytest
from django.db import close_old_connections, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2.extensions import set_wait_callback

from intake import database_timeouts
from intake.models import KeyCheck, Notification, Submission
from tests.support.messages import filled_in
from tests.support.staff import make_staff
from tests.support.tcp_proxy import TcpProxy
from vtc_site.background import BackgroundThread

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no network"),
]
MAX_ANSWER_SECONDS = 8


@pytest.fixture
def way(transactional_db, monkeypatch):
    """The way to the database, limited as the web server and the sender limit it."""
    address = connection.settings_dict["HOST"], connection.settings_dict["PORT"]
    proxy = TcpProxy(address)
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", proxy.port)
    database_timeouts.limit()
    yield proxy
    proxy.end()
    connection.close()
    set_wait_callback(None)


def assert_text_is_shown_in_time(client):
    began = time.monotonic()
    answer = client.post("/contact/", filled_in(message="canary text"))
    assert time.monotonic() - began < MAX_ANSWER_SECONDS
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "canary text" in page and "Your message isn’t sent" in page and 'href="tel:988"' in page


def assert_message_can_be_sent(client):
    close_old_connections()  # as a server does between two requests; the test client leaves it out
    assert client.post("/contact/", filled_in(message="canary text")).status_code == 303
    assert Submission.objects.count() == Notification.objects.count() == 1


def test_text_is_shown_in_time_when_an_open_connection_hangs(client, way):
    Submission.objects.exists()
    close_old_connections()  # the next use begins with a health check
    way.freeze()
    assert_text_is_shown_in_time(client)
    way.thaw()
    assert_message_can_be_sent(client)


def test_text_is_shown_when_the_transaction_hangs(client, way, monkeypatch):
    monkeypatch.setattr(database_timeouts, "MAX_SECONDS", 1)
    monkeypatch.setattr(KeyCheck, "prove", way.freeze)
    assert_text_is_shown_in_time(client)
    way.thaw()
    assert not Submission.objects.exists()


def test_text_is_shown_when_a_new_connection_hangs(client, way, monkeypatch):
    monkeypatch.setattr(database_timeouts, "MAX_SECONDS", 1)
    way.freeze()
    assert_text_is_shown_in_time(client)
    way.thaw()
    assert_message_can_be_sent(client)


def test_text_is_shown_when_the_host_drops_the_first_packet(client, way, monkeypatch):
    monkeypatch.setattr(database_timeouts, "MAX_SECONDS", 1)
    with closing(socket.create_server(("127.0.0.1", 0), backlog=0)) as deaf:
        waiting = [socket.socket() for _ in range(4)]  # fill the queue: Linux drops what comes then
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(deaf.getsockname())
        with monkeypatch.context() as patch:
            patch.setitem(connection.settings_dict, "PORT", deaf.getsockname()[1])
            assert_text_is_shown_in_time(client)
        for each in waiting:
            each.close()
    assert_message_can_be_sent(client)


def test_form_says_in_time_that_sending_is_impossible(client, way, monkeypatch):
    monkeypatch.setattr(database_timeouts, "MAX_SECONDS", 1)
    Submission.objects.exists()
    way.freeze()
    began = time.monotonic()
    assert client.get("/contact/").status_code == 503
    assert time.monotonic() - began < MAX_ANSWER_SECONDS


def test_person_is_thanked_in_time_when_the_database_hangs_right_after_the_commit(client, way):
    answer = client.post("/contact/", filled_in())
    way.freeze()
    began = time.monotonic()
    page = client.get(answer["Location"])
    assert time.monotonic() - began < MAX_ANSWER_SECONDS
    assert page.status_code == 200 and "Thank you. We have your message." in page.content.decode()


def test_row_is_stored_once_when_the_answer_to_the_commit_is_lost(client, way, monkeypatch):
    commit = BaseDatabaseWrapper._commit

    def lost_commit(self):
        way.lose_answers()
        commit(self)

    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "_commit", lost_commit)
        patch.setattr(database_timeouts, "MAX_SECONDS", 1)
        assert_text_is_shown_in_time(client)
    way.thaw()
    assert_message_can_be_sent(client)


def test_mail_goes_out_after_the_database_hung_under_the_thread(client, way, postbox, monkeypatch):
    make_staff()
    assert_message_can_be_sent(client)
    monkeypatch.setattr(database_timeouts, "MAX_SECONDS", 0.2)
    thread = BackgroundThread()
    way.freeze()
    thread.run_jobs()
    assert not postbox.mails
    way.thaw()
    thread.run_jobs()
    assert len(postbox.mails) == 1 and not Notification.objects.filter(sent_at=None).exists()
