"""What is wrong with the database, in words and with the way out.

Used by prepare_database, checks, doctor, and manage.py, where a command failed. An error's own words are
never repeated: with a wrong DATABASE_URL they can hold a part of the password.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import Error as DatabaseFailure
from django.db import connection

from intake.encryption import DecryptionError
from intake.failures import code_of, is_outage, named, storing_problem
from intake.models import KeyCheck
from intake.receiving import keys_in_use, newest_message
from vtc_site import tables

RESTORE = "Stop the site, move the file away, run `manage.py migrate`, then `manage.py restore BACKUP`."
LOG_SETTINGS = """
    SELECT current_setting('log_min_error_statement'), current_setting('log_statement'),
           current_setting('log_min_duration_statement'), current_setting('track_activities'),
           current_setting('log_error_verbosity')
"""
FORBIDDEN = "42501"  # of PostgreSQL
# What PostgreSQL's client library says -> what to say instead.
CONNECTION_PROBLEMS = (
    (
        "password authentication failed",
        "PostgreSQL refuses the user or the password of DATABASE_URL. Did they change places? Then its log"
        " holds the password, as a user: set a new one.",
    ),
    ("no password supplied", "PostgreSQL wants a password, and DATABASE_URL has none."),
    ("invalid connection option", "DATABASE_URL has an option behind ? that PostgreSQL does not know."),
    ("root certificate", "The file of sslrootcert in DATABASE_URL is not there, or cannot be read."),
    ("certificate verify failed", "The certificate of PostgreSQL is not one that sslrootcert vouches for."),
    ("role", "PostgreSQL does not know the user of DATABASE_URL."),
    ("does not exist", "PostgreSQL runs, but has no database of the name in DATABASE_URL."),
    ("could not translate host name", "The host in DATABASE_URL is not known to this machine."),
    ("refused", "Nobody listens at the host and port of DATABASE_URL. Is PostgreSQL running?"),
    ("no such file", "There is no socket of PostgreSQL where DATABASE_URL looks. Is PostgreSQL running?"),
    ("time", "PostgreSQL did not answer in time. Is a firewall between?"),
    ("too many", "PostgreSQL has no connection left: WORKERS times 16 must fit into max_connections."),
)


class DatabaseDamagedError(Exception):
    """The files of the database are not whole; waiting does not help."""


def outage():
    """Return why the database does not answer; empty when it does."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseFailure as error:
        return _words(error)
    return ""


def _words(error):
    text = str(error).lower()
    if connection.vendor == "sqlite":
        return f"The SQLite file {_file()} cannot be used: {named(error)}. Is its folder there and writable?"
    for said, words in CONNECTION_PROBLEMS:
        if said in text:
            return words
    return f"The database does not answer: {named(error)}."


def explanation(error):
    """Return in words why a command failed with `error`; empty when the database is not to blame."""
    if problem := outage():
        return f"The database is down. {problem}"
    if FORBIDDEN in [code_of(each) for each in (error, error.__context__) if each]:
        return (
            "PostgreSQL does not let the user of DATABASE_URL make tables. Make it the owner of the database."
        )
    if problem := tables.problem():
        return problem
    is_known = isinstance(error, DecryptionError) or is_outage(error)
    return storing_problem(error) if is_known else ""


def look_at_files():
    """Raise DatabaseDamagedError when a SQLite file is corrupt, or lost messages. Call it before anything."""
    if connection.vendor != "sqlite":
        return
    if not _file().is_file():
        newest_message.forget()
        return
    beside = _file().with_name(f"{_file().name}-shm"), _file().with_name(f"{_file().name}-wal")
    if beside[0].exists() and not beside[1].exists():
        raise DatabaseDamagedError(
            f"{beside[1]} is gone, although the site was not stopped: the newest messages were in it.\n"
            f"  1. Bring the file back, from where it was moved to.\n"
            f"  2. It is lost? Remove {beside[0]} and start again: what was in it is missing.\n"
            f"  3. {RESTORE}"
        )
    if found := _corruption():
        raise DatabaseDamagedError(
            f"The SQLite file {_file()} is damaged ({found}).\n"
            f"  1. Copy it, with -wal and -shm, before anything else is tried.\n  2. {RESTORE}"
        )
    if found := newest_message.missing():
        raise DatabaseDamagedError(
            f"{_file()} ends with message {found[0]}, but message {found[1]} was stored: its -wal was"
            " removed, or an older file was put in its place.\n"
            "  1. Bring the newer files back, all of them together.\n"
            f"  2. They are lost, or that was meant? Remove {_file()}-newest and start again.\n"
            f"  3. {RESTORE}"
        )


def _corruption():
    """Ask SQLite over a connection of its own, which can write nothing."""
    with closing(sqlite3.connect(f"{_file().resolve().as_uri()}?mode=ro", uri=True)) as reader:
        try:
            return "" if reader.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok" else "SQLITE_CORRUPT"
        except sqlite3.Error as error:
            return named(error) if error.sqlite_errorname in ("SQLITE_NOTADB", "SQLITE_CORRUPT") else ""


def _file():
    return Path(str(connection.settings_dict["NAME"]))


def key_problem():
    """Return why the keys do not fit this database; empty when they do, or when there is nothing to fit."""
    try:
        KeyCheck.objects.filter(pk=1).first()
    except DecryptionError as error:
        return storing_problem(error)
    except DatabaseFailure:
        return ""
    return ""


def missing_key():
    """Return which older key the settings lack; empty when none, or when no row can be asked."""
    try:
        return "" if key_problem() else keys_in_use.problem()
    except DatabaseFailure:
        return ""


def log_problem():
    """Return what makes PostgreSQL write messages into its log when a statement fails; empty otherwise."""
    if connection.vendor != "postgresql" or outage():
        return ""
    with connection.cursor() as cursor:
        cursor.execute(LOG_SETTINGS)
        on_error, every, slow, at_death, detail = cursor.fetchone()
    keeps_statements = (
        on_error != "panic" or every not in ("none", "ddl") or slow != "-1" or at_death != "off"
    )
    if not keeps_statements and detail == "terse":
        return ""
    return (
        "PostgreSQL's log keeps parts of messages, if a statement or a process fails. As superuser: "
        "ALTER ROLE vtc SET log_min_error_statement = 'panic'; ALTER ROLE vtc SET log_statement = 'none'; "
        "ALTER ROLE vtc SET log_min_duration_statement = -1; ALTER ROLE vtc SET track_activities = off; "
        "ALTER ROLE vtc SET log_error_verbosity = 'terse';"
    )
