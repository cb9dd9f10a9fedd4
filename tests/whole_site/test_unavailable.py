"""The pages that nginx shows while the site does not answer: one file a language, the numbers, the steps."""

import re

import pytest
from django.conf import settings

from content import starter
from content.models import Steps

pytestmark = pytest.mark.once

FILES = {"unavailable.html": ["/overdose-help/", "/es/sobredosis/"]}
FILES["unavailable.es.html"] = FILES["unavailable.html"][::-1]


@pytest.fixture(params=FILES)
def file(request):
    return settings.BASE_DIR / "docs" / "deploy" / request.param


def commands(path):
    page = next(data for data in starter.page_files() if data["path"] == path)
    steps = next(block for block in page["blocks"] if block["kind"] == Steps.kind)["steps"]
    return [step.partition("|")[0].strip().replace("{911}", "911") for step in steps]


def test_stands_alone(file):
    page = file.read_text()
    assert not re.search(r"\b(?:src|href)=\"(?!tel:|sms:)", page)
    assert "url(" not in page and "<script" not in page


def test_has_the_numbers_and_the_seven_steps_of_the_site_in_both_languages(file):
    page = file.read_text()
    for href in ("tel:911", "tel:988", "sms:988"):
        assert f'href="{href}"' in page
    first, second = (commands(path) for path in FILES[file.name])
    assert re.findall("<li><b>(.*?)</b>", page) == first + second and len(first) == len(second) == 7


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE])
def test_each_language_has_both_pages_and_nginx_knows_it(code):
    folder = settings.BASE_DIR / "docs" / "deploy"
    for name in ("unavailable", "refused"):
        assert f'<html lang="{code}' in (folder / f"{name}.{code}.html").read_text()
    assert f'"~^/{code}/" .{code};' in (folder / "nginx" / "vtc.conf").read_text()
