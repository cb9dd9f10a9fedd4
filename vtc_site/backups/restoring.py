"""Brings a backup back into an empty database. Called by the command restore."""

from contextlib import contextmanager

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from intake.failures import is_outage
from intake.models import Deletion, Submission
from intake.receiving import newest_message, own_message
from vtc_site import tables
from vtc_site.backups import file_format, writing
from vtc_site.backups.file_format import BackupError


def restore(path, *, deletions_from=None):
    """Put the rows of the file into this database, which has neither staff nor messages; return their number.

    The file is read to its end before anything is touched; then all or nothing is written. What senders had
    deleted is deleted again: as this database, the file, and the later backup `deletions_from` know of it.
    """
    head, count = file_format.verify(path)
    if problem := tables.problem():
        raise BackupError(problem)
    if (
        head["migrations"] != file_format.migrations()
        or head.get("columns", file_format.columns()) != file_format.columns()
    ):
        raise _of_another_release(head)
    if Submission.objects.exists() or apps.get_model("auth", "User").objects.exists():
        raise BackupError("This database has messages or staff. Restore only into an empty one.")
    deleted = [*Deletion.objects.all(), *(_deletions_in(deletions_from) if deletions_from else ())]
    deleted = [Deletion(reference=each.reference, at=each.at) for each in deleted]
    with _rows_fit(head), transaction.atomic():
        _delete_everything()
        for line in file_format.lines(path):
            if "rows" in line:
                _insert(apps.get_model(line["model"]), line["rows"])
        _reset_sequences()
        own_message.delete_again(deleted)
        writing.record(path, head["written"], count)  # the one that the file holds is of a file before it
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
    head, _ = file_format.verify(path)
    fields = file_format.fields(Deletion)
    with _rows_fit(head):
        rows = [
            row
            for line in file_format.lines(path)
            if line.get("model") == Deletion._meta.label
            for row in line["rows"]
        ]
        pairs = [zip(fields, row, strict=True) for row in rows]
        return [
            Deletion(**{field.attname: file_format.original(field, value) for field, value in row})
            for row in pairs
        ]


def _delete_everything():
    """Remove what migrations wrote; the constraints are checked at the end of the transaction."""
    with connection.cursor() as cursor:
        for model in file_format.models():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _insert(model, rows):
    """Write rows as they were: no time is set anew, and neither save() nor a signal adds anything."""
    fields = file_format.fields(model)
    for row in rows:
        values = {
            field.attname: file_format.original(field, value)
            for field, value in zip(fields, row, strict=True)
        }
        model._base_manager._insert([model(**values)], fields=fields, using=connection.alias, raw=True)


def _reset_sequences():
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), file_format.models()):
            cursor.execute(statement)
