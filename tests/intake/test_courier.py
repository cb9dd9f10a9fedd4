"""The thread beside the web requests: it delivers what was committed and outlives every failure."""

import os
import threading

import pytest
from django.db import DatabaseError, connection

from intake import courier, notifications, retention, submissions
from intake.courier import Courier
from intake.models import Notification
from tests.intake.factories import filled_in, staff

FAR_AWAY = 3600  # seconds; a thread that is not woken must not deliver anything during a test


@pytest.fixture
def rounds(monkeypatch):
    """Counts the rounds of the thread: rounds.acquire(timeout=…) waits for one."""
    semaphore = threading.Semaphore(0)
    real_work = Courier.work

    def work(self):
        real_work(self)
        connection.close()
        semaphore.release()

    monkeypatch.setattr(Courier, "work", work)
    return semaphore


@pytest.mark.django_db(transaction=True)
def test_mail_goes_out_without_waiting_when_a_message_is_committed(client, postbox, rounds, monkeypatch):
    staff()
    thread = Courier(pause_seconds=FAR_AWAY)
    monkeypatch.setattr(submissions.courier, "wake", thread.wake)
    thread.start()
    assert rounds.acquire(timeout=20)
    assert client.post("/contact/", filled_in()).status_code == 303
    assert rounds.acquire(timeout=20)
    assert len(postbox.mails) == 1
    assert notifications.seconds_since_beat() is not None
    thread.stop()


@pytest.mark.django_db(transaction=True)
def test_visitor_is_thanked_and_the_mail_comes_later_when_the_mail_server_is_down(client, postbox, rounds):
    staff()
    postbox.stop()
    thread = Courier(pause_seconds=FAR_AWAY)
    thread.start()
    assert rounds.acquire(timeout=20)
    assert client.post("/contact/", filled_in()).status_code == 303
    thread.wake()
    assert rounds.acquire(timeout=20)
    assert Notification.objects.get().last_error == "ConnectionRefusedError"
    postbox = postbox.start_again()
    Notification.objects.update(next_try_at="2020-01-01T00:00Z")
    thread.wake()
    assert rounds.acquire(timeout=20)
    assert len(postbox.mails) == 1 and Notification.objects.get().sent_at
    thread.stop()
    postbox.stop()


def test_other_chores_are_done_when_one_fails(monkeypatch, caplog):
    done = []

    def gone():
        raise DatabaseError("canary")

    monkeypatch.setattr(notifications, "deliver_due", gone)
    monkeypatch.setattr(notifications, "sound_alarm", lambda: done.append("alarm"))
    monkeypatch.setattr(retention, "purge_daily", lambda: done.append("purge"))
    Courier().work()
    assert done == ["alarm", "purge"]
    assert "DatabaseError" in caplog.text and "canary" not in caplog.text


def test_waking_starts_nothing_where_no_thread_was_wanted():
    sleeper = Courier()
    sleeper.wake()
    assert sleeper._thread is None


def test_second_start_changes_nothing(monkeypatch):
    monkeypatch.setattr(Courier, "work", lambda self: None)
    thread = Courier(pause_seconds=FAR_AWAY)
    thread.start()
    first = thread._thread
    thread.start()
    assert thread._thread is first and first.daemon
    thread.stop()


def test_thread_starts_again_when_the_process_was_forked(monkeypatch):
    monkeypatch.setattr(Courier, "work", lambda self: None)
    thread = Courier(pause_seconds=FAR_AWAY)
    thread.start()
    parents = thread._thread
    monkeypatch.setattr(os, "getpid", lambda: -1)
    thread.wake()
    assert thread._thread is not parents and thread._thread.is_alive()
    thread.stop()
    parents.join(0)


def test_module_offers_one_thread_for_the_process():
    assert courier.start.__self__ is courier.wake.__self__


@pytest.mark.django_db(transaction=True)
def test_many_wakes_in_one_breath_make_one_round(rounds):
    thread = Courier(pause_seconds=FAR_AWAY)
    thread.start()
    assert rounds.acquire(timeout=20)
    for _ in range(100):
        thread.wake()
    assert rounds.acquire(timeout=20)
    assert not rounds.acquire(blocking=False)
    thread.stop()
    assert not rounds.acquire(blocking=False)
