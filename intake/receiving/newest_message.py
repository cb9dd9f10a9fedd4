"""Remembers beside a SQLite file which message was stored last: a lost -wal or an older file is noticed.

Written by receiving/storing.py after the commit, compared at each start by vtc_site/database_condition.py. It
is not forced to the disk: after a power cut the number may be smaller than the last, and that is silent.
"""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from django.db import connection

from intake.models import Submission

LAST = "SELECT seq FROM sqlite_sequence WHERE name = ?"  # of all that were ever stored, deleted ones too


def note(pk):
    """Write down that message `pk` is stored."""
    if connection.vendor == "sqlite" and _database().is_file():
        with suppress(OSError):
            descriptor = os.open(_file(), os.O_WRONLY | os.O_CREAT, 0o600)
            os.pwrite(descriptor, b"%020d" % pk, 0)
            os.close(descriptor)


def missing():
    """Return (last in the database, last stored) when the first is the smaller one; else None."""
    try:
        noted = int(_file().read_bytes())
    except (OSError, ValueError):  # nothing was ever stored from here
        return None
    with closing(sqlite3.connect(f"{_database().resolve().as_uri()}?mode=ro", uri=True)) as reader:
        try:
            row = reader.execute(LAST, [Submission._meta.db_table]).fetchone()
        except sqlite3.Error:  # the file itself is told of elsewhere
            return None
    there = row[0] if row else 0
    return (there, noted) if there < noted else None


def forget():
    """What was noted is of a database that is gone on purpose: a backup took its place, or a new one."""
    if connection.vendor == "sqlite":
        _file().unlink(missing_ok=True)


def _database():
    return Path(str(connection.settings_dict["NAME"]))


def _file():
    return _database().with_name(f"{_database().name}-newest")
