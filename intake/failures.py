"""Names what failed, for logs and operators, without an error's words: they can quote what people typed."""

import errno
import smtplib

from django.db.utils import Error as DatabaseFailure

from intake.encryption import DecryptionError

FULL = ("SQLITE_FULL", "53100", "ENOSPC", "EDQUOT")
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
        if isinstance(each, OSError) and each.errno in errno.errorcode:
            return errno.errorcode[each.errno]
    return ""


def storing_problem(error):
    """Return in words for an operator why storing failed."""
    code = code_of(error)
    if isinstance(error, DecryptionError):
        return "FIELD_ENCRYPTION_KEYS lacks the key that this database was written with."
    if code in FULL:
        return f"The disk of the database is full ({code})."
    if code.startswith(READ_ONLY):
        return f"The database takes no writes: it is read-only ({code})."
    if isinstance(error, DatabaseFailure):
        return f"The database does not store: {named(error)}."
    return f"Storing fails: {named(error)}."
