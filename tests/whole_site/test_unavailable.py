"""The page that nginx shows while the site does not answer: one file, the numbers, the steps."""

import re

import pytest
from django.conf import settings

from content import starter
from content.models import Steps

pytestmark = pytest.mark.once


@pytest.fixture
def page():
    [path] = (settings.BASE_DIR / "docs").rglob("unavailable.html")
    return path.read_text()


def test_stands_alone(page):
    assert not re.search(r"\b(?:src|href)=\"(?!tel:|sms:)", page)
    assert "url(" not in page and "<script" not in page


def test_has_the_numbers_and_the_seven_steps_of_the_site(page):
    for href in ("tel:911", "tel:988", "sms:988"):
        assert f'href="{href}"' in page
    overdose = next(data for data in starter.page_files() if data["path"] == "/overdose-help/")
    steps = next(block for block in overdose["blocks"] if block["kind"] == Steps.kind)["steps"]
    commands = [step.partition("|")[0].strip().replace("{911}", "911") for step in steps]
    assert re.findall("<li><b>(.*?)</b>", page) == commands and len(commands) == 7
