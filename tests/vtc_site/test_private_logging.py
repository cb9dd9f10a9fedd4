"""What a line of the log tells an operator about an answer, without the address that was asked for."""

import io
import logging
import os
import re
import time

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from vtc_site.private_logging import AccessFormatter, PrivateFormatter, RepeatFilter

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def log():
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(PrivateFormatter())
    logging.getLogger("django").addHandler(handler)
    yield text
    logging.getLogger("django").removeHandler(handler)


@pytest.mark.parametrize(
    ("method", "path", "words"),
    [
        ("get", "/no-such-page/", "WARNING django.request Answered 404"),
        ("put", "/contact/", "WARNING django.request Method Not Allowed ("),
        ("get", "/fails/403/", "WARNING django.request Forbidden (Permission denied)"),
        ("get", "/fails/500/", "ERROR django.request Answered 500"),
    ],
)
def test_a_refusal_and_a_failure_say_what_they_are(log, settings, method, path, words):
    settings.ROOT_URLCONF = "tests.browser.urls"
    getattr(Client(raise_request_exception=False), method)(path)
    assert words in log.getvalue()
    assert path not in log.getvalue()


def test_a_failure_says_its_code_and_the_time_in_utc(log):
    try:
        os.stat("/no/such/canary-file")
    except OSError:
        logging.getLogger("django").exception("Something failed")
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ERROR django Something failed", log.getvalue())
    assert "builtins.FileNotFoundError (ENOENT)" in log.getvalue() and "canary" not in log.getvalue()
    assert PrivateFormatter.converter is AccessFormatter.converter is time.gmtime


def test_an_outage_is_one_line_with_the_reason_whoever_asks(log):
    now = [1000.0]
    logging.getLogger("django").handlers[-1].addFilter(RepeatFilter(clock=lambda: now[0]))
    for path in ("/admin/", "/faq/", "/signs/"):
        try:
            raise OperationalError("connection to server at canary failed: Connection refused")
        except OperationalError:
            logging.getLogger("django.request").exception("Internal Server Error: %s", path)
    line = "ERROR django.request Internal Server Error: OperationalError (ECONNREFUSED)"
    assert log.getvalue().splitlines()[0].endswith(line) and len(log.getvalue().splitlines()) == 1
    now[0] += 60
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", "/", exc_info=OperationalError("refused")
    )
    assert log.getvalue().splitlines()[1].endswith(f"{line} (and 2 times more in the last minute)")


def test_other_failures_keep_the_places_they_passed(log):
    try:
        [][0]
    except IndexError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/x")
    assert len(log.getvalue().splitlines()) == 3


@pytest.mark.parametrize("name", ["intake:send_message", "intake:message_sent", "search"])
@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_a_refused_message_is_told_from_a_wrong_address_in_each_language(name, language):
    assert _logged(reverse_in(name, language), 422) == reverse_in(name, language)


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_what_stands_behind_an_address_of_the_form_is_not_logged(language):
    form = reverse_in("intake:send_message", language)
    assert _logged(f"{form}maria-555-0101/", 404) == f"{form}…"
    assert _logged("/healthz/", 503) == "/healthz/"


def _logged(path, status):
    args = {"path": path, "status": status}
    record = logging.makeLogRecord({"msg": "%(path)s", "args": args})
    return AccessFormatter().format(record).split(" ")[1]


def reverse_in(name, language):
    with override(language):
        return reverse(name)
