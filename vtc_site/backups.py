"""Writes the whole database into one encrypted file and brings it back. For the commands backup and restore.

The file holds lines, each encrypted with FIELD_ENCRYPTION_KEYS: what it is, batches of rows, and an end that
counts them, so that a file that was cut off is noticed. It works between SQLite and PostgreSQL.
"""

import base64
import getpass
import json
import os
import socket
import zlib
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from intake.encryption import box
from intake.failures import is_outage
from intake.models import Deletion, Submission
from intake.receiving import newest_message, own_message
from vtc_site import release, tables
from vtc_site.models import BackupRecord

FORMAT = 1
MAX_AGE = timedelta(days=2)  # of the last backup, before operators are warned
NONE_YET = (
    "There is no backup yet. After install.sh one is made each night, and at once by `systemctl start"
    " vtc-backup`; elsewhere run `manage.py backup FILE` every day."
)
BATCH_CHARACTERS = 1_000_000
# People sign in again; what is restored is written with the keys of now.
LEFT_OUT = ("vtc_site.StaffSession", "intake.WritingKey")


class BackupError(Exception):
    """The file or the database is not fit for this; the message says why."""


def write(path):
    """Write everything into the new file `path`, readable by its owner only, and return the number of rows.

    Reads one snapshot; visitors can still send messages. The name appears when the file is complete.
    """
    _look_at_place(Path(path))
    unfinished = Path(f"{path}.unfinished")
    count = 0
    with _private_file(unfinished) as file, _removed_on_failure(unfinished), _snapshot():
        _write_line(file, _head())
        for model in _models():
            for rows in _batches(model):
                _write_line(file, {"model": model._meta.label, "rows": rows})
                count += len(rows)
        _write_line(file, {"end": count})
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, path)  # unlike a rename this never replaces an older backup
    finally:
        unfinished.unlink()
    BackupRecord.objects.all().delete()
    BackupRecord.objects.create(rows=count, host=socket.gethostname(), file=os.path.abspath(path))
    return count


def _look_at_place(path):
    if path.is_dir():
        raise BackupError(f"{path} is a folder. Name a new file in it, such as {path / 'backup.vtc'}")
    if os.path.lexists(path):
        raise BackupError(f"{path} is there, and an earlier backup is never replaced. Choose another name.")
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")


def _head():
    known = {"version": release.version(), "commit": release.commit(), "written": timezone.now().isoformat()}
    return {"format": FORMAT, "migrations": _migrations(), "columns": _columns(), **known}


def _columns():
    return {model._meta.label: [field.attname for field in _fields(model)] for model in _models()}


def why_unreadable(error):
    """Return in words why a file could not be opened; who runs this command is not who made the file."""
    if isinstance(error, PermissionError):
        user = getpass.getuser()
        return f"the user {user} may not. Put it into a folder that {user} may enter, and `chown {user}` it."
    return f"{error.strerror}."


def verify(path):
    """Read the whole file as restoring does, and return its head and the number of rows; writes nothing."""
    return _inspect(path)


def age_problem():
    """Return a warning when the last backup is too old, or there is none; empty when all is well."""
    last = BackupRecord.objects.order_by("finished_at").last()
    if last is None:
        return "" if settings.DEBUG else NONE_YET
    age = timezone.now() - last.finished_at
    return f"The last backup is {age.days} days old: look at the daily job." if age > MAX_AGE else ""


def is_of_this_machine():
    """Whether the last backup was written here, where `file_problem` can look for its file."""
    return BackupRecord.objects.filter(host=socket.gethostname()).exists()


def file_problem():
    """Say that the file of the last backup is gone from where it was written; empty when it is there."""
    last = BackupRecord.objects.order_by("finished_at").last()
    if last is None or os.path.exists(last.file):
        return ""
    return (
        f"{last.file} is gone, the last backup: is there a copy elsewhere? Make one: `manage.py backup FILE`."
    )


def restore(path, *, deletions_from=None):
    """Put the rows of the file into this database, which has neither staff nor messages; return their number.

    The file is read to its end before anything is touched; then all or nothing is written. What senders had
    deleted is deleted again: as this database, the file, and the later backup `deletions_from` know of it.
    """
    head, count = _inspect(path)
    if problem := tables.problem():
        raise BackupError(problem)
    if head["migrations"] != _migrations() or head.get("columns", _columns()) != _columns():
        raise _of_another_release(head)
    if Submission.objects.exists() or apps.get_model("auth", "User").objects.exists():
        raise BackupError("This database has messages or staff. Restore only into an empty one.")
    deleted = [*Deletion.objects.all(), *(_deletions_in(deletions_from) if deletions_from else ())]
    deleted = [Deletion(reference=each.reference, at=each.at) for each in deleted]
    with _rows_fit(head), transaction.atomic():
        _delete_everything()
        for line in _lines(path):
            if "rows" in line:
                _insert(apps.get_model(line["model"]), line["rows"])
        _reset_sequences()
        own_message.delete_again(deleted)
    newest_message.forget()
    return count


def _of_another_release(head):
    return BackupError(
        f"The backup is of another release ({head.get('version', 'before 1.0.0')}, commit"
        f" {head.get('commit') or 'unknown'}), and its rows do not fit these tables. Check that commit out,"
        " migrate an empty database, and restore there. From 1.0.0 on, come back to this release then and"
        " migrate; rows from before stay with their commit."
    )


@contextmanager
def _rows_fit(head):
    """Refuse rows that this release cannot take, whatever shows it: files from before name no columns."""
    try:
        yield
    except (LookupError, TypeError, ValueError, ValidationError, DatabaseError) as error:
        if is_outage(error):
            raise
        raise _of_another_release(head) from error


def _deletions_in(path):
    head, _ = _inspect(path)
    fields = _fields(Deletion)
    with _rows_fit(head):
        rows = [
            row for line in _lines(path) if line.get("model") == Deletion._meta.label for row in line["rows"]
        ]
        pairs = [zip(fields, row, strict=True) for row in rows]
        return [Deletion(**{field.attname: _original(field, value) for field, value in row}) for row in pairs]


@contextmanager
def _private_file(path):
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupError(
            f"{path} exists: an earlier backup did not finish. Remove it and try again."
        ) from None
    with open(descriptor, "wb") as file:
        yield file


@contextmanager
def _removed_on_failure(path):
    """A full disk must not keep the half of a backup, nor refuse the next one because of it."""
    try:
        yield
    except BaseException:
        path.unlink()
        raise


@contextmanager
def _snapshot():
    """Read from one moment without stopping writers: Django's atomic() would lock SQLite."""
    options = " ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"BEGIN{options}")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _models():
    return [model for model in tables.models() if model._meta.label not in LEFT_OUT]


def _fields(model):
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _batches(model):
    """Yield lists of rows, each a list of plain values, small enough to keep in memory."""
    names = [field.attname for field in _fields(model)]
    rows, characters = [], 0
    for values in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=100):
        rows.append([_plain(value) for value in values])
        characters += len(str(rows[-1]))
        if characters > BATCH_CHARACTERS:
            yield rows
            rows, characters = [], 0
    if rows:
        yield rows


def _plain(value):
    if isinstance(value, (bytes, memoryview)):
        return {"bytes": base64.b64encode(value).decode()}
    is_json = value is None or isinstance(value, (str, int, float, bool, list, dict))
    return value if is_json else str(value)


def _original(field, value):
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value["bytes"]) if value is not None else None
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def _write_line(file, content):
    file.write(box().encrypt(zlib.compress(json.dumps(content).encode())) + b"\n")


def _lines(path):
    with open(path, "rb") as file:
        for line in file:
            yield json.loads(zlib.decompress(box().decrypt(line.strip())))


def _inspect(path):
    """Read the whole file; return its head and the number of rows, or raise when something is missing."""
    lines = _lines(path)
    head = next(lines, {})
    if head.get("format") != FORMAT:
        written = f"release {head.get('version', 'unknown')}, commit {head.get('commit') or 'unknown'}"
        raise BackupError(f"This is not a backup that this release can read: it is of {written}.")
    count, end = 0, None
    for line in lines:
        count, end = count + len(line.get("rows", [])), line.get("end")
    if end != count:
        raise BackupError("The backup is not complete: its end is missing.")
    return head, count


def _migrations():
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def _delete_everything():
    """Remove what migrations wrote; the constraints are checked at the end of the transaction."""
    with connection.cursor() as cursor:
        for model in _models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _insert(model, rows):
    """Write rows as they were: no time is set anew, and neither save() nor a signal adds anything."""
    fields = _fields(model)
    for row in rows:
        values = {field.attname: _original(field, value) for field, value in zip(fields, row, strict=True)}
        model._base_manager._insert([model(**values)], fields=fields, using=connection.alias, raw=True)


def _reset_sequences():
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
