"""Emails the owners once when no message can be stored for minutes, and once when that is over.

Run by background.py in each process. They share a mark, a file, since the database may be what fails: whoever
makes it sends the first email, whoever removes it the second. The addresses are remembered from better times.
"""

import os
import time
from contextlib import suppress
from types import SimpleNamespace

from django.conf import settings
from django.db import Error as DatabaseFailure

from intake.receiving import readiness
from vtc_site import owner_mail

AFTER_SECONDS = 180
QUIET_SECONDS = 90  # each process that sees the problem renews the mark in every round, all 30 seconds
BEGUN = "Website: messages are being refused"
BEGUN_BODY = """\
For some minutes {site} has not been able to store a message. Whoever writes now reads that it was not sent.

{problem}

On the server, this says what to do:   as-vtc .venv/bin/python manage.py doctor
If somebody else runs the server, forward this email. Another one follows when it is over.
"""
ENDED = "Website: messages are stored again"
ENDED_BODY = """\
{site} stores messages again. Nobody has to do anything.
"""

_process = SimpleNamespace(since=None, addresses=[], told_without_mark=False)


def remember_owners():
    """Read whom to tell, as long as the database says it."""
    with suppress(DatabaseFailure):
        _process.addresses = owner_mail.addresses()


def tell():
    """Tell the owners what changed, if no other process has. In every round, after the proof of readiness."""
    if not readiness.problem():
        _process.since = None
        _tell_end()
        return
    _process.since = _process.since or time.monotonic()
    _renew_mark()
    if time.monotonic() - _process.since >= AFTER_SECONDS and _process.addresses and _make_mark():
        _tell_begin()


def _tell_begin():
    body = BEGUN_BODY.format(site=settings.SITE_URL, problem=readiness.problem())
    if not owner_mail.tell(BEGUN, body, _process.addresses):  # the next round tries again
        _process.told_without_mark = False
        settings.STORING_ALARM_FILE.unlink(missing_ok=True)


def _tell_end():
    if not _process.addresses or not _remove_mark():
        return
    body = ENDED_BODY.format(site=settings.SITE_URL)
    if not owner_mail.tell(ENDED, body, _process.addresses):
        settings.STORING_ALARM_FILE.touch()


def _renew_mark():
    with suppress(OSError):
        os.utime(settings.STORING_ALARM_FILE)


def _make_mark():
    """Whether it falls to this process to tell. Where no file can be made, each process tells, once."""
    try:
        settings.STORING_ALARM_FILE.touch(exist_ok=False)
    except FileExistsError:
        return False
    except OSError:
        is_first, _process.told_without_mark = not _process.told_without_mark, True
        return is_first
    return True


def _remove_mark():
    """Whether it falls to this process to tell the end: nobody has renewed the mark for a while."""
    was_alone, _process.told_without_mark = _process.told_without_mark, False
    try:
        if abs(time.time() - settings.STORING_ALARM_FILE.stat().st_mtime) < QUIET_SECONDS:
            return False
        settings.STORING_ALARM_FILE.unlink()
    except OSError:
        return was_alone
    return True
