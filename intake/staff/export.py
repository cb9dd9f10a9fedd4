"""Writes messages as CSV. Used by the admin, for those who may export, after it recorded each in the log."""

import codecs
import csv
import io
import re

from django.utils import timezone

from intake import typed_text
from intake.forms.message import MessageForm
from intake.models import Submission

FACTS = ("reference", "received_at", "status", "outcome", "promised_by")
READ_AT_ONCE = 500
# What a spreadsheet takes for the start of a formula, after blanks too, and in the wide and small signs that
# some convert. A tab or a line break in front can move the rest into a cell of its own.
FORMULA_SIGNS = tuple("=+-@|%\t\r\n")
# A spreadsheet may part cells there: many countries write numbers with a comma and lists with a semicolon.
AFTER_SEPARATOR = re.compile(r"(?<=[;\t])(?=\s*[=+@|%＝＋＠])")
PHONE_NUMBER = re.compile(r"\+[0-9][0-9 ().-]*")  # stays as people read it


def lines(keys, *, with_contacts):
    """Yield the lines of the file for the messages with `keys`, and for none that arrive later.

    The fields are those of the form; the encrypted ones are only there `with_contacts`.
    """
    columns = _columns(with_contacts)
    yield codecs.BOM_UTF8.decode() + _line(columns)  # so that Excel reads accents
    for start in range(0, len(keys), READ_AT_ONCE):
        for row in Submission.objects.filter(pk__in=keys[start : start + READ_AT_ONCE]).only(*columns):
            yield _line([_cell(row, column) for column in columns])


def _columns(with_contacts):
    hidden = () if with_contacts else Submission.encrypted_names()
    return [*FACTS, *(name for name in MessageForm.visible_names() if name not in hidden)]


def _cell(row, column):
    value = getattr(row, column)
    if hasattr(value, "astimezone"):
        value = timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    label = getattr(row, f"get_{column}_display", None)
    return csv_text(label() if label else value)


def csv_text(value):
    """Return `value` as text that a spreadsheet shows and never runs as a formula."""
    text = "" if value is None else str(value)
    starts = text.lstrip(" \ufeff"), typed_text.one_word(text)
    is_formula = any(start.startswith(FORMULA_SIGNS) for start in starts) and not PHONE_NUMBER.fullmatch(text)
    text = AFTER_SEPARATOR.sub("'", text)
    return f"'{text}" if is_formula else text


def _line(cells):
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
