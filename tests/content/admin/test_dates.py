"""The admin writes every date in one way, in its lists too: “Nov 27, 2026, 3:05 PM”."""

import re
from datetime import datetime

import pytest
from django.conf import settings
from django.utils.formats import date_format

pytestmark = pytest.mark.once
IN_ADMIN = [*(settings.BASE_DIR / "templates" / "admin").rglob("*.html")]
SPELLED = re.compile(r'date:"([^"]*)"')
# In a list of today's messages the weekday says more than the year; a span of days has its year above.
DAY, CLOCK = "M j", "g:i A"
SHORTENED = {f"D, {DAY}, Y, {CLOCK}", f"D, {DAY}, {CLOCK}", f"{DAY}, {CLOCK}", DAY}


def test_no_screen_has_a_date_format_of_its_own():
    found = {each for path in IN_ADMIN for each in SPELLED.findall(path.read_text())}
    assert found <= {"DATE_FORMAT", "DATETIME_FORMAT", *SHORTENED}


def test_lists_and_sentences_write_the_same():
    moment = datetime(2026, 11, 27, 15, 5)
    assert date_format(moment, "DATETIME_FORMAT") == date_format(moment, f"{DAY}, Y, {CLOCK}")
    assert date_format(moment.date()) == "Nov 27, 2026"


def test_no_code_of_the_admin_spells_a_format():
    code = [settings.BASE_DIR / "content" / "dashboard.py"]
    for folder in ("admin", "publishing", "page_checks"):
        code += (settings.BASE_DIR / "content" / folder).rglob("*.py")
    spelled = re.compile(r"date_format\([^\n]*, \"(?!DATE)|\"[FMN] j, Y")
    assert [path.name for path in code if spelled.search(path.read_text())] == []
