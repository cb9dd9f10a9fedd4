"""Writes messages as CSV. Used by the admin, for those who may export; every row is recorded as a look."""

import csv
import io

from django.utils import timezone

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
FACTS = ("reference", "received_at", "status", "outcome", "promised_by", "reason", "reply_by", "language")
PERSONAL = ("name", "phone", "email", "voicemail", "may_name_us", "relationship", "message")


def lines(rows, *, with_contacts):
    """Yield the lines of the file; what people wrote is only there `with_contacts`."""
    columns = FACTS + PERSONAL if with_contacts else FACTS
    rows = rows.only(*columns)
    yield _line(columns)
    for row in rows.iterator(chunk_size=500):
        yield _line([_cell(row, column) for column in columns])


def _cell(row, column):
    value = getattr(row, column)
    if value and column.endswith(("_at", "_by")) and hasattr(value, "astimezone"):
        value = timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    label = getattr(row, f"get_{column}_display", None)
    return safe(label() if label else getattr(value, "label", value))


def safe(value):
    """Return `value` so that a spreadsheet shows it and never runs it as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _line(cells):
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def references(rows):
    """Return the references of `rows`, for the record of looks."""
    return list(rows.values_list("reference", flat=True))
