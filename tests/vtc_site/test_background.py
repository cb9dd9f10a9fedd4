"""The thread beside the web requests: it delivers what was committed and outlives every failure."""

import os
import threading

import pytest
from django.db import DatabaseError, OperationalError, connection

from intake.models import Notification
from intake.outbox import delivery, wakeup
from tests.support.messages import filled_in
from tests.support.staff import make_staff
from vtc_site import background
from vtc_site.background import BackgroundThread, Job

FAR_AWAY = 3600  # seconds; a thread that is not woken must not deliver anything during a test


@pytest.fixture
def rounds(monkeypatch):
    """Counts the rounds of a thread: rounds.acquire(timeout=…) waits for one."""
    semaphore = threading.Semaphore(0)
    real_work = BackgroundThread.run_jobs

    def run_jobs(self):
        real_work(self)
        connection.close()
        semaphore.release()

    monkeypatch.setattr(BackgroundThread, "run_jobs", run_jobs)
    return semaphore


@pytest.fixture
def thread():
    """A thread that does nothing by itself once its first round is over."""
    wakeup.bell.clear()
    thread = BackgroundThread(pause_seconds=FAR_AWAY)
    yield thread
    if thread._thread:
        thread.stop()


@pytest.mark.django_db(transaction=True)
def test_mail_goes_out_without_waiting_when_a_message_is_committed(client, postbox, rounds, thread):
    make_staff()
    thread.start()
    assert rounds.acquire(timeout=20)
    assert client.post("/contact/", filled_in()).status_code == 303
    assert rounds.acquire(timeout=20)
    assert len(postbox.mails) == 1
    assert delivery.seconds_since_beat() is not None


@pytest.mark.django_db(transaction=True)
def test_visitor_is_thanked_and_the_mail_comes_later_when_the_mail_server_is_down(
    client, postbox, rounds, thread
):
    make_staff()
    postbox.stop()
    thread.start()
    assert rounds.acquire(timeout=20)
    assert client.post("/contact/", filled_in()).status_code == 303
    assert rounds.acquire(timeout=20)
    assert Notification.objects.get().last_error == "ConnectionRefusedError (ECONNREFUSED)"
    postbox = postbox.start_again()
    Notification.objects.update(next_try_at="2020-01-01T00:00Z")
    wakeup.wake()
    assert rounds.acquire(timeout=20)
    assert len(postbox.mails) == 1 and Notification.objects.get().sent_at
    postbox.stop()


def test_other_jobs_run_when_one_fails_and_the_log_says_which(caplog):
    done = []

    def gone():
        raise DatabaseError("canary")

    jobs = (Job(gone), Job(lambda: done.append("the next")))
    BackgroundThread(jobs=jobs).run_jobs()
    assert done == ["the next"]
    assert "gone failed: DatabaseError" in caplog.text and "canary" not in caplog.text


def test_a_job_with_a_pause_waits_for_it():
    done, now = [], [0]
    thread = BackgroundThread(
        jobs=(Job(lambda: done.append(now[0]), every_seconds=60),), clock=lambda: now[0]
    )
    for now[0] in (0, 30, 59, 60, 119, 120):
        thread.run_jobs()
    assert done == [0, 60, 120]


def test_waking_starts_nothing_where_no_thread_was_wanted():
    before = threading.active_count()
    wakeup.wake()
    assert threading.active_count() == before


def test_second_start_changes_nothing(thread):
    thread._jobs = ()
    thread.start()
    first = thread._thread
    thread.start()
    assert thread._thread is first and first.daemon


def test_a_forked_process_starts_a_thread_of_its_own(monkeypatch):
    hooks, started = [], []
    monkeypatch.setattr(os, "register_at_fork", lambda after_in_child: hooks.append(after_in_child))
    monkeypatch.setattr(BackgroundThread, "start", lambda self: started.append(self))
    background.start()
    hooks[0]()
    assert started == [background._thread] * 2


@pytest.mark.django_db(transaction=True)
def test_many_wakes_in_one_breath_make_one_round(rounds, thread):
    thread.start()
    assert rounds.acquire(timeout=20)
    for _ in range(100):
        wakeup.wake()
    assert rounds.acquire(timeout=20)
    assert not rounds.acquire(blocking=False)


def test_a_round_ends_with_the_first_job_that_finds_the_database_away(monkeypatch, caplog):
    ran = []

    def ask():
        ran.append("ask")
        raise OperationalError("connection refused")

    def later():
        ran.append("later")

    jobs = BackgroundThread(jobs=(Job(ask), Job(later)))
    monkeypatch.setattr(background.health, "database_answers", lambda: False)
    jobs.run_jobs()
    assert ran == ["ask"] and "ask failed: OperationalError (ECONNREFUSED)" in caplog.text
    monkeypatch.setattr(background.health, "database_answers", lambda: True)
    jobs.run_jobs()
    assert ran == ["ask", "ask", "later"]
