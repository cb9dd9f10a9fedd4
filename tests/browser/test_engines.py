"""The visit and the sending of a message in Firefox and WebKit, with and without script, cookies blocked.

Chromium does both in every other test here; without script in test_visit.py and test_message.py.
"""

import time
from contextlib import closing, suppress

import pytest

from intake.models import Submission
from tests.browser.engines import FirefoxVisitor, WebKitVisitor
from tests.browser.states import _django_db_helper  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
LOADS_WITHIN_SECONDS = 15


def see(visitor, selector, words):
    """Wait until the words of `selector` are `words`: WebKit answers a click too early."""
    until, seen = time.monotonic() + LOADS_WITHIN_SECONDS, None
    while seen != words:
        assert time.monotonic() < until, f"{seen!r} instead of {words!r}"
        with suppress(RuntimeError):  # no such element yet, or one of the page before
            seen = visitor.text(selector)
        time.sleep(0.05)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("engine", [FirefoxVisitor, WebKitVisitor])
def test_a_visit_and_a_message(engine, scripts, lasting_site):
    before = Submission.objects.count()
    with closing(engine(scripts)) as visitor:
        visitor.go(f"{lasting_site}/")
        visitor.click('a[href="/overdose-help/"]')
        see(visitor, "h1", "Overdose: what to do now")
        visitor.go(f"{lasting_site}/withdrawal/")
        visitor.click("#message-form [value=someone-else]")
        visitor.fill("#id_message", f"{engine.__name__}, scripts {scripts}")
        visitor.click("#message-form .button")
        see(visitor, "#error-summary-title", "Your message isn’t sent yet")
        visitor.fill("#id_phone", "714 555 0123")
        visitor.click("#message-form .button")
        see(visitor, "h1", "Thank you. We have your message.")
        assert visitor.cookies() == []
    assert Submission.objects.count() == before + 1
