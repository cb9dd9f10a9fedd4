"""What a backup file is made of: encrypted lines, with rows of plain values. For writing and restoring."""

import base64
import getpass
import json
import zlib

from cryptography.fernet import InvalidToken
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import BinaryField, JSONField

from intake.encryption import box, fingerprints
from vtc_site import tables

FORMAT = 1
KEY = b"key "  # begins no encrypted line
# People sign in again; what is restored is written with the keys of now.
LEFT_OUT = ("vtc_site.StaffSession", "intake.WritingKey")


class BackupError(Exception):
    """The file or the database is not fit for this; the message says why."""


def lines(path):
    key = ""
    with open(path, "rb") as file:
        for line in file:
            if line.startswith(KEY):
                key = line.removeprefix(KEY).decode(errors="replace").strip()
            else:
                yield json.loads(zlib.decompress(_decrypted(line.strip(), key)))


def _decrypted(line, key):
    try:
        return box().decrypt(line)
    except InvalidToken:
        if not key or key in fingerprints():
            raise BackupError("The file is damaged, or FIELD_ENCRYPTION_KEYS lacks its key.") from None
        raise BackupError(
            f"FIELD_ENCRYPTION_KEYS lacks the key that it was written with, of the fingerprint {key}."
            " Put that key behind the first, with a comma between."
        ) from None


def write_key(file):
    """Say in the first line, for all to read, which key opens the rest: by its fingerprint."""
    file.write(KEY + fingerprints()[0].encode() + b"\n")


def write_line(file, content):
    file.write(box().encrypt(zlib.compress(json.dumps(content).encode())) + b"\n")


def verify(path):
    """Read the whole file; return its head and the number of rows, or raise when something is missing."""
    all_lines = lines(path)
    head = next(all_lines, {})
    if head.get("format") != FORMAT:
        written = f"release {head.get('version', 'unknown')}, commit {head.get('commit') or 'unknown'}"
        raise BackupError(f"This is not a backup that this release can read: it is of {written}.")
    count, end = 0, None
    for line in all_lines:
        count, end = count + len(line.get("rows", [])), line.get("end")
    if end != count:
        raise BackupError("The backup is not complete: its end is missing.")
    return head, count


def why_unreadable(error):
    """Return in words why a file could not be opened; who runs this command is not who made the file."""
    if isinstance(error, PermissionError):
        user = getpass.getuser()
        return f"the user {user} may not. Put it into a folder that {user} may enter, and `chown {user}` it."
    return f"{error.strerror}."


def models():
    return [model for model in tables.models() if model._meta.label not in LEFT_OUT]


def fields(model):
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def columns():
    return {model._meta.label: [field.attname for field in fields(model)] for model in models()}


def migrations():
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def plain(value):
    if isinstance(value, (bytes, memoryview)):
        return {"bytes": base64.b64encode(value).decode()}
    is_json = value is None or isinstance(value, (str, int, float, bool, list, dict))
    return value if is_json else str(value)


def original(field, value):
    if isinstance(field, BinaryField):
        return base64.b64decode(value["bytes"]) if value is not None else None
    return value if isinstance(field, JSONField) else field.to_python(value)
