"""The admin writes every date in one way, that of Django's own lists: “Nov. 27, 2026, 3:05 p.m.”."""

import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
IN_ADMIN = [*(settings.BASE_DIR / "templates" / "admin").rglob("*.html")]
SPELLED = re.compile(r'date:"([^"]*)"')
# In a list of today's messages the weekday says more than the year; a span of days has its year above.
ONE_WAY = {"DATE_FORMAT", "DATETIME_FORMAT", "D, N j, Y, P", "D, N j, P", "N j, P", "N j"}


def test_no_screen_has_a_date_format_of_its_own():
    found = {each for path in IN_ADMIN for each in SPELLED.findall(path.read_text())}
    assert found <= ONE_WAY


def test_no_code_of_the_admin_spells_a_format():
    code = [settings.BASE_DIR / "content" / "dashboard.py"]
    for folder in ("admin", "publishing", "page_checks"):
        code += (settings.BASE_DIR / "content" / folder).rglob("*.py")
    spelled = re.compile(r"date_format\([^\n]*, \"(?!DATE)|\"[FMN] j, Y")
    assert [path.name for path in code if spelled.search(path.read_text())] == []
