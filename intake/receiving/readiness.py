"""Proves every minute that a message can be stored and read again. Run by vtc_site/background.py.

What it found is remembered in this process: `/healthz/` tells operators, and the form says “not possible now”
before anybody types.
"""

import logging
import secrets
import time
from types import SimpleNamespace

from django.db import transaction

from intake import database_timeouts
from intake.failures import storing_problem
from intake.models import KeyCheck
from intake.outbox import wakeup
from intake.receiving import keys_in_use, storing

logger = logging.getLogger(__name__)

EVERY_SECONDS = 60
STALE_SECONDS = 2  # for who asks: another process may have failed since, or noticed the end of a problem
PROOF_BYTES = 6_000  # more than most messages have
DATABASE_SECONDS = 6

_last = SimpleNamespace(problem="", at=None, unreadable="")


def prove():
    """Store as a message is stored, read it again, and remember the problem; empty when there is none."""
    before, _last.problem = _last.problem, examine()
    _last.at = time.monotonic()
    if _last.problem and _last.problem != before:
        logger.error("ALARM: no message can be stored. %s", _last.problem)
    if before and not _last.problem:
        logger.warning("Messages can be stored again.")
    return _last.problem


def examine():
    """Return why no message can be stored, asked now; neither remembered nor logged (doctor)."""
    try:
        _write_and_read()
    except Exception as error:
        return storing_problem(error)
    return ""


def problem():
    """Return why no message can be stored, as far as this process knows; never asks the database."""
    return _last.problem


def unreadable():
    """Return why some message cannot be read, as this process found within the last minute."""
    return _last.unreadable


def fresh_problem():
    """Return the same, proved anew when the last proof is old."""
    is_fresh = _last.at is not None and time.monotonic() - _last.at < STALE_SECONDS
    return _last.problem if is_fresh else prove()


def renew():
    """Prove in each round of the background thread in which a proof is due, or there is a problem."""
    if _last.problem or _last.at is None or time.monotonic() - _last.at >= EVERY_SECONDS:
        prove()


def watch_keys():
    """Note the key that this process writes with, and look for one that is missing. Runs every minute."""
    if not _last.problem:
        keys_in_use.note()
        _last.unreadable = keys_in_use.problem()


def doubt():
    """A message was not stored: believe no proof from before, and make a new one at once."""
    _last.at = None
    wakeup.wake()


@database_timeouts.end_within(DATABASE_SECONDS)
def _write_and_read():
    """Bring a row to the disk in the table of the key's proof, and rehearse a message in its own tables."""
    KeyCheck.prove_again()
    sample = secrets.token_urlsafe(PROOF_BYTES)
    with transaction.atomic():
        row = KeyCheck.objects.create(pk=2 + secrets.randbelow(2**62), sample=sample)
    if KeyCheck.objects.get(pk=row.pk).sample != sample:
        raise ValueError("what was read is not what was written")
    row.delete()
    storing.rehearse()
