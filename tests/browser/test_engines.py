"""The visit and the sending of a message in three engines, with and without script, cookies blocked."""

import shutil
import time
from contextlib import closing, suppress
from functools import partial

import pytest

from intake.models import Submission
from tests.browser.engines import ChromiumVisitor, FirefoxVisitor, WebKitVisitor
from tests.browser.states import _django_db_helper  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
DRILL, OTHERS = pytest.mark.drill, ("firefox", "webkit")
LOADS_WITHIN_SECONDS = 15


@pytest.fixture
def chromium(browser_type, browser_type_launch_args):
    whole = {"executable_path": shutil.which("chromium")}  # with settings, which the headless shell has not
    return partial(ChromiumVisitor, browser_type=browser_type, launch_args=browser_type_launch_args | whole)


@pytest.fixture
def firefox():
    return FirefoxVisitor


@pytest.fixture
def webkit():
    return WebKitVisitor


WIDTHS = """const word = document.createElement("span");
word.textContent = "Overdose help";
document.body.append(word);
return ["sans-serif", "'Liberation Sans', monospace", "'DejaVu Sans', sans-serif"].map((families) => {
  word.style.fontFamily = families;
  return word.getBoundingClientRect().width;
});"""


def see(visitor, selector, words):
    """Wait until the words of `selector` are `words`: WebKit answers a click too early."""
    until, seen = time.monotonic() + LOADS_WITHIN_SECONDS, None
    while seen != words:
        assert time.monotonic() < until, f"{seen!r} instead of {words!r}"
        with suppress(RuntimeError):  # no such element yet, or one of the page before
            seen = visitor.text(selector)
        time.sleep(0.05)


VISITS = {  # first page, overdose steps and their heading, form, its error, the thanks
    "english": (
        "/",
        "/overdose-help/",
        "Overdose: what to do now",
        "/contact/",
        "Your message isn’t sent yet",
        "Thank you. We have your message.",
    ),
    "spanish": (
        "/es/",
        "/es/sobredosis/",
        "Sobredosis: qué hacer ahora",
        "/es/contacto/",
        "Su mensaje todavía no se mandó",
        "Gracias. Tenemos su mensaje.",
    ),
}


@pytest.mark.parametrize("language", VISITS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("engine", ["chromium", *(pytest.param(name, marks=DRILL) for name in OTHERS)])
def test_a_visit_and_a_message(engine, scripts, language, lasting_site, request):
    home, steps, heading, form, error, thanks = VISITS[language]
    before = Submission.objects.count()
    with closing(request.getfixturevalue(engine)(scripts)) as visitor:
        visitor.go(lasting_site + home)
        visitor.click(f'a[href="{steps}"]')
        see(visitor, "h1", heading)
        visitor.go(lasting_site + form)
        visitor.click("#message-form [value=someone-else]")
        visitor.click("#message-form [name=reply_by][value=call]")
        visitor.fill("#id_message", f"{engine}, scripts {scripts}")
        visitor.click("#message-form .button")
        see(visitor, "#error-summary-title", error)
        visitor.fill("#id_phone", "714 555 0123")
        visitor.click("#message-form .button")
        see(visitor, "h1", thanks)
        assert visitor.cookies() == []
    assert Submission.objects.count() == before + 1


def test_the_blocked_chromium_refuses_cookies_and_storage(chromium, lasting_site):
    """Or the test above would prove nothing."""
    with closing(chromium(scripts=True)) as visitor:
        visitor.go(f"{lasting_site}/")
        assert visitor.run("document.cookie = 'a=b'; document.cookie") == ""
        assert (
            visitor.run("(() => { try { return !localStorage } catch { return 'refused' } })()") == "refused"
        )


@pytest.mark.drill
@pytest.mark.parametrize("engine", OTHERS)
def test_the_other_engines_see_the_fonts_of_the_tests_alone(engine, lasting_site, request):
    """DejaVu Sans, which is wider, is on every machine of ours; test_first_screen.py asks Chromium."""
    with closing(request.getfixturevalue(engine)(scripts=True)) as visitor:
        visitor.go(f"{lasting_site}/")
        sans, liberation, dejavu = visitor.run(WIDTHS)
    assert sans == liberation == dejavu
