"""The owners hear by mail that messages are refused, once for all processes, and once that it is over."""

import os
import time
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from intake.models import KeyCheck
from intake.receiving import readiness
from tests.support.staff import make_staff
from vtc_site import background, owner_mail, storing_alarm

pytestmark = pytest.mark.django_db
BEGUN, ENDED = storing_alarm.BEGUN, storing_alarm.ENDED


@pytest.fixture
def now(monkeypatch):
    """The clock of the processes, in seconds."""
    clock = SimpleNamespace(seconds=1000)
    monkeypatch.setattr(storing_alarm.time, "monotonic", lambda: clock.seconds)
    return clock


@pytest.fixture
def two_processes(settings, tmp_path, monkeypatch, now):
    """Returns what makes a round of both, after which they remember each for itself."""
    settings.STORING_ALARM_FILE = tmp_path / "owners-know"
    make_staff("Owner")
    memories = [SimpleNamespace(since=None, addresses=[], told_without_mark=False) for _ in range(2)]

    def make_round(problem, *, after=0):
        now.seconds += after
        monkeypatch.setattr(readiness._last, "problem", problem)
        for memory in memories:
            monkeypatch.setattr(storing_alarm, "_process", memory)
            storing_alarm.remember_owners()
            storing_alarm.tell()

    return make_round


def age_mark(settings):
    then = time.time() - storing_alarm.QUIET_SECONDS - 1
    os.utime(settings.STORING_ALARM_FILE, (then, then))


def subjects(mailoutbox):
    return [mail.subject for mail in mailoutbox]


def test_each_owner_gets_one_mail_of_two_processes_and_one_at_the_end(two_processes, mailoutbox, settings):
    two_processes("The disk is full.")
    two_processes("The disk is full.", after=storing_alarm.AFTER_SECONDS - 1)
    assert not mailoutbox
    for _ in range(3):
        two_processes("The disk is full.", after=30)
    assert subjects(mailoutbox) == [BEGUN] and "The disk is full." in mailoutbox[0].body
    two_processes("", after=30)
    assert subjects(mailoutbox) == [BEGUN]  # another process may still see it
    age_mark(settings)
    for _ in range(2):
        two_processes("", after=30)
    assert subjects(mailoutbox) == [BEGUN, ENDED]


def test_a_short_fault_is_no_mail(two_processes, mailoutbox):
    for problem in ("Down.", "", "Down.", ""):
        two_processes(problem, after=storing_alarm.AFTER_SECONDS - 1)
    assert not mailoutbox


def test_it_goes_to_addresses_of_before_when_the_database_is_down(two_processes, mailoutbox, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    two_processes("")
    monkeypatch.setattr(owner_mail, "addresses", fail)
    two_processes("The database does not answer.")
    two_processes("The database does not answer.", after=storing_alarm.AFTER_SECONDS)
    assert subjects(mailoutbox) == [BEGUN]


def test_a_disk_that_takes_no_mark_costs_one_mail_a_process(two_processes, mailoutbox, settings, tmp_path):
    settings.STORING_ALARM_FILE = tmp_path / "no-such-folder" / "owners-know"
    for _ in range(3):
        two_processes("The disk is full.", after=storing_alarm.AFTER_SECONDS)
    assert subjects(mailoutbox) == 2 * [BEGUN]
    two_processes("")
    two_processes("")
    assert subjects(mailoutbox) == 2 * [BEGUN] + 2 * [ENDED]


def test_a_mail_that_is_not_taken_is_tried_again(two_processes, postbox):
    postbox.answer = "451 later"
    two_processes("Down.")
    two_processes("Down.", after=storing_alarm.AFTER_SECONDS)
    assert not postbox.mails
    postbox.answer = "250 OK"
    two_processes("Down.", after=30)
    assert len(postbox.mails) == 1


def test_a_round_looks_after_its_proof(monkeypatch, mailoutbox, settings, tmp_path):
    def fail(*args, **kwargs):
        raise OperationalError("canary words of a person")

    make_staff("Owner")
    settings.STORING_ALARM_FILE = tmp_path / "owners-know"
    monkeypatch.setattr(storing_alarm, "AFTER_SECONDS", 0)
    monkeypatch.setattr(KeyCheck.objects, "create", fail)
    for job in background.JOBS[:4]:
        job.run()
    assert subjects(mailoutbox) == [BEGUN] and "canary" not in mailoutbox[0].body
