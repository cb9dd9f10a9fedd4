"""A message that nginx answers in the site's place, in three engines: with scripts it stays on the screen.

Without, loading nginx's page again sends it, as that page says; Back never shows it, or a shared phone would.
"""

import time
from contextlib import closing, suppress

import pytest

from tests.bench.site import free_port
from tests.browser.states import _django_db_helper  # noqa: F401 - a fixture
from tests.browser.test_engines import DRILL, OTHERS, chromium, firefox, see, webkit  # noqa: F401 - fixtures
from tests.deploy.conftest import Behind
from tests.deploy.proxy import Proxy

pytestmark = [pytest.mark.browser, pytest.mark.once]
FORM = {"Content_Type": "application/x-www-form-urlencoded"}
TEXT = "I want to stop. Please call me."
THANKS = "Thank you. We have your message."
REFUSED, RESTING = "That did not go through", "Our site is resting. These numbers never do."
ENGINES = ["chromium", *(pytest.param(name, marks=DRILL) for name in OTHERS)]


@pytest.fixture
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"ignore_https_errors": True}


@pytest.fixture(scope="module")
def port(site):
    """Have the application serve an address that a browser finds without names; return its port."""
    port, application, known = free_port(), Behind(site=site), site.environment["SITE_URL"]
    application.stop_the_application()
    site.environment["SITE_URL"] = f"https://127.0.0.1:{port}"
    yield port
    application.stop_the_application()
    site.environment["SITE_URL"] = known


@pytest.fixture
def behind(site, port, tmp_path):
    proxy = Proxy(tmp_path, 6 * [site.port], names="127.0.0.1")
    proxy.https = port
    with proxy:
        change(proxy, "vtc/server.conf", "Host $host", "Host $http_host")
        behind = Behind(proxy=proxy, site=site)
        behind.start_the_application()
        yield behind


def change(proxy, name, old, new):
    file = proxy.folder / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    proxy.reload()


def send_too_often(behind):
    """Let nginx take one message a minute, and send it; return what makes it patient again."""
    change(behind.proxy, "vtc/site.conf", "zone=messages burst=20", "zone=messages")
    change(behind.proxy, "nginx.conf", "rate=10r/s", "rate=1r/m")
    behind.proxy.ask("/contact/", "POST", host="127.0.0.1", body=b"x=1", **FORM)
    return lambda: change(behind.proxy, "vtc/site.conf", "limit_req zone=messages;", "")


def stop(behind):
    behind.stop_the_application()
    return behind.start_the_application


def send(visitor, behind, fail):
    """Fill in the form and send it while it fails; return what ends the failure."""
    visitor.go(f"https://127.0.0.1:{behind.proxy.https}/contact/")
    visitor.click("#message-form [name=reply_by][value=call]")
    visitor.fill("#id_phone", "714 555 0123")
    visitor.fill("#id_message", TEXT)
    end = fail(behind)
    visitor.click("#message-form .button")
    return end


def see_empty_form(visitor):
    """Wait for the form: each driver says too early that it is there."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        with suppress(RuntimeError):
            assert visitor.value("#id_message") == "" == visitor.value("#id_phone")
            return
    raise AssertionError("no form")


@pytest.mark.parametrize(("fail", "heading"), [(send_too_often, REFUSED), (stop, RESTING)])
@pytest.mark.parametrize("engine", ENGINES)
def test_without_scripts_loading_the_page_again_sends_it(engine, fail, heading, behind, request):
    with closing(request.getfixturevalue(engine)(scripts=False)) as visitor:
        end = send(visitor, behind, fail)
        see(visitor, "h1", heading)
        assert "load this page again" in visitor.text(".n")
        end()
        visitor.reload()
        see(visitor, "h1", THANKS)
        visitor.back()
        see_empty_form(visitor)


@pytest.mark.parametrize("engine", ENGINES)
def test_without_scripts_back_shows_an_empty_form(engine, behind, request):
    with closing(request.getfixturevalue(engine)(scripts=False)) as visitor:
        send(visitor, behind, send_too_often)
        see(visitor, "h1", REFUSED)
        assert "Do not go back: the form would be empty." in visitor.text(".n")
        visitor.back()
        see_empty_form(visitor)


@pytest.mark.parametrize("fail", [send_too_often, stop])
@pytest.mark.parametrize("engine", ENGINES)
def test_with_scripts_the_text_stays_and_can_be_sent_again(engine, fail, behind, request):
    with closing(request.getfixturevalue(engine)(scripts=True)) as visitor:
        end = send(visitor, behind, fail)
        see(visitor, "#message-not-sent h2", "Not sent yet: our site didn’t answer")
        assert visitor.value("#id_message") == TEXT
        end()
        visitor.click("#message-form .button")
        see(visitor, "h1", THANKS)
        visitor.back()
        see_empty_form(visitor)
