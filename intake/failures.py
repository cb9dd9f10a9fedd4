"""Names what failed, for logs and operators, without an error's words: they can quote what people typed."""

import errno
import smtplib

from django.db.utils import Error as DatabaseFailure
from django.db.utils import IntegrityError, InterfaceError, OperationalError

from intake.encryption import DecryptionError

FULL = ("SQLITE_FULL", "53100", "ENOSPC", "EDQUOT")
OF_POSTGRESQL = "where PostgreSQL keeps its data, such as /var/lib/postgresql on its machine"
# PostgreSQL's client gives no code when there is no connection: part of what it says -> the code.
NO_CONNECTION = {
    "refused": "ECONNREFUSED",
    "no such file": "ENOENT",
    "did not answer in time": "ETIMEDOUT",
    "timeout expired": "ETIMEDOUT",
    "no route": "EHOSTUNREACH",
    "could not translate": "EAI_NONAME",
    "password authentication": "28P01",
    "starting up": "57P03",
    "shutting down": "57P03",
    "too many clients": "53300",
    "closed": "08006",
}
MISFITS = ("42703", "42P01", "SQLITE_ERROR")  # a column, or a table, is not there
READ_ONLY = ("SQLITE_READONLY", "25006", "EROFS")


def named(error):
    """Return such as “OperationalError (SQLITE_FULL)”, “ConnectionRefusedError (ECONNREFUSED)”."""
    code = code_of(error)
    return f"{type(error).__name__} ({code})" if code else type(error).__name__


def code_of(error):
    """Return SQLSTATE, SQLite's name, the errno name or SMTP's code of `error`; empty without any."""
    for each in (error, error.__cause__, error.__context__):
        if code := getattr(each, "pgcode", None) or getattr(each, "sqlite_errorname", None):
            return code
        if isinstance(each, smtplib.SMTPResponseException):
            return str(each.smtp_code)
        if isinstance(each, smtplib.SMTPRecipientsRefused) and each.recipients:
            return str(next(iter(each.recipients.values()))[0])
        if isinstance(each, OSError) and each.errno in errno.errorcode:
            return errno.errorcode[each.errno]
    return _code_of_no_connection(error) if is_outage(error) else ""


def is_outage(error):
    """Whether the database, not the statement, failed: it is not there, or does not answer in time."""
    return isinstance(error, (OperationalError, InterfaceError))


def _code_of_no_connection(error):
    said = str(error).lower()
    return next((code for part, code in NO_CONNECTION.items() if part in said), "")


def storing_problem(error):
    """Return in words for an operator why storing failed."""
    code = code_of(error)
    if isinstance(error, DecryptionError):
        return "FIELD_ENCRYPTION_KEYS lacks the key that this database was written with."
    if code in FULL:
        place = OF_POSTGRESQL if code == "53100" else "with the file of DATABASE_URL"
        return (
            f"The disk of the database is full ({code}): the one {place}. Look with `df -h`, and remove what"
            " nobody needs, or make it larger: then messages are stored again at once."
        )
    if code.startswith(READ_ONLY):
        return f"The database takes no writes: it is read-only ({code})."
    if isinstance(error, IntegrityError) or code in MISFITS:
        cause = "lack what this one writes" if code in MISFITS else "may want what this one does not give"
        return (
            f"The tables refuse every message ({named(error)}): since a migration of another release, or one"
            f" that was undone, they {cause}. `manage.py doctor` names it, and the way out."
        )
    if isinstance(error, DatabaseFailure):
        return f"The database does not store: {named(error)}."
    return f"Storing fails: {named(error)}."
