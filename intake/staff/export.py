"""Writes messages as CSV. Used by the admin, for those who may export, after it recorded each as a look."""

import csv
import io

from django.utils import timezone

from intake.models import Submission

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
FACTS = ("reference", "received_at", "status", "outcome", "promised_by", "reason", "reply_by", "language")
READ_AT_ONCE = 500
PERSONAL = ("name", "phone", "email", "voicemail", "may_name_us", "relationship", "message")


def lines(keys, *, with_contacts):
    """Yield the lines of the file for the messages with `keys`, and for none that came while it is written.

    What people wrote is only there `with_contacts`.
    """
    columns = FACTS + PERSONAL if with_contacts else FACTS
    yield _line(columns)
    for start in range(0, len(keys), READ_AT_ONCE):
        for row in Submission.objects.filter(pk__in=keys[start : start + READ_AT_ONCE]).only(*columns):
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
