"""Writes a backup. Called by the command backup."""

import os
import socket
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.utils import timezone

from vtc_site import release
from vtc_site.backups import file_format
from vtc_site.backups.file_format import BackupError
from vtc_site.models import BackupRecord

BATCH_CHARACTERS = 1_000_000


def write(path):
    """Write everything into the new file `path`, readable by its owner only, and return the number of rows.

    Reads one snapshot; visitors can still send messages. The name appears when the file is complete.
    """
    _look_at_place(Path(path))
    unfinished = Path(f"{path}.unfinished")
    count = 0
    with _private_file(unfinished) as file, _removed_on_failure(unfinished), _snapshot():
        file_format.write_key(file)
        file_format.write_line(file, _head())
        for model in file_format.models():
            for rows in _batches(model):
                file_format.write_line(file, {"model": model._meta.label, "rows": rows})
                count += len(rows)
        file_format.write_line(file, {"end": count})
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, path)  # unlike a rename this never replaces an older backup
    finally:
        unfinished.unlink()
    record(path, timezone.now(), count)
    return count


def record(path, finished_at, count):
    """Remember that everything up to `finished_at` is in the file `path` of this machine."""
    place = {"host": socket.gethostname(), "file": os.path.abspath(path)}
    BackupRecord.objects.all().delete()
    BackupRecord.objects.create(finished_at=finished_at, rows=count, **place)


def _look_at_place(path):
    if path.is_dir():
        raise BackupError(f"{path} is a folder. Name a new file in it, such as {path / 'backup.vtc'}")
    if os.path.lexists(path):
        raise BackupError(f"{path} is there, and an earlier backup is never replaced. Choose another name.")
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")


def _head():
    known = {"version": release.version(), "commit": release.commit(), "written": timezone.now().isoformat()}
    return {
        "format": file_format.FORMAT,
        "migrations": file_format.migrations(),
        "columns": file_format.columns(),
        **known,
    }


def _batches(model):
    """Yield lists of rows, each a list of plain values, small enough to keep in memory."""
    names = [field.attname for field in file_format.fields(model)]
    rows, characters = [], 0
    for values in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=100):
        rows.append([file_format.plain(value) for value in values])
        characters += len(str(rows[-1]))
        if characters > BATCH_CHARACTERS:
            yield rows
            rows, characters = [], 0
    if rows:
        yield rows


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
