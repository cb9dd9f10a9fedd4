"""Nothing stays on a shared phone: after sending, and after leaving, Back and Forward show an empty form."""

import itertools
import time
from contextlib import closing, contextmanager

import pytest
from django.apps import apps

from intake.models import Submission
from tests.browser.engines import WebKitVisitor
from tests.support.firefox import Firefox

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DRILL, OTHERS = pytest.mark.drill, ("firefox", "webkit")
LOADS_WITHIN_SECONDS = 15
TEXTS = {
    "name": "Canary Name",
    "phone": "818 555 0100",
    "email": "canary@example.org",
    "message": "canary words",
}
TYPED = """
const kinds = "[type=text], [type=tel], [type=email], textarea";
const fields = document.querySelectorAll(`#message-form :is(${kinds})`);
return [...fields].map((field) => field.value);
"""
MARK_OF_A_WHOLE_PAGE = "return document.readyState == 'complete' ? window.mark : arguments[0];"
FILL = "for (const name in arguments[0]) document.getElementsByName(name)[0].value = arguments[0][name];"


@contextmanager
def answer_to_a_post_may_be_gone(words):
    """A browser that says “document expired” instead of showing typed text does what we want."""
    try:
        yield
    except Exception as error:
        if words not in str(error):
            raise


class ChromiumTab:
    """The few things every browser is asked to do."""

    def __init__(self, page):
        self._page = page

    def go(self, address):
        self._page.goto(address)

    def back(self):
        with answer_to_a_post_may_be_gone("ERR_CACHE_MISS"):
            self._page.go_back()

    def forward(self):
        with answer_to_a_post_may_be_gone("ERR_CACHE_MISS"):
            self._page.go_forward()

    def click(self, selector):
        with self._page.expect_navigation():
            self._page.click(selector)

    def run(self, script, argument=None):
        return self._page.evaluate(f"(argument) => (function () {{ {script} }})(argument)", argument)

    @property
    def address(self):
        return self._page.url


class FirefoxTab:
    def __init__(self, firefox):
        self._firefox = firefox

    def go(self, address):
        self._firefox("WebDriver:Navigate", url=address)

    def back(self):
        with answer_to_a_post_may_be_gone("notCached"):
            self._firefox("WebDriver:Back")

    def forward(self):
        with answer_to_a_post_may_be_gone("notCached"):
            self._firefox("WebDriver:Forward")

    def click(self, selector):
        element = self._firefox("WebDriver:FindElement", using="css selector", value=selector)
        self._firefox("WebDriver:ElementClick", id=next(iter(element.values())))

    def run(self, script, argument=None):
        return self._firefox("WebDriver:ExecuteScript", script=script, args=[argument])

    @property
    def address(self):
        return self._firefox("WebDriver:GetCurrentURL")


class WebKitTab:
    """The driver says too early that a page is there; each verb waits until it is."""

    def __init__(self, visitor):
        self._visitor = visitor
        self.go, self.run = visitor.go, visitor.run

    def back(self):
        self._change_page(self._visitor.back)

    def forward(self):
        self._change_page(self._visitor.forward)

    def click(self, selector):
        self._change_page(lambda: self._visitor.click(selector))

    def _change_page(self, act):
        """Do `act` and wait for the page after it, which has another mark or, if it was kept, an old one."""
        mark = next(self._marks)
        self.run("window.mark = arguments[0];", mark)
        act()
        until = time.monotonic() + LOADS_WITHIN_SECONDS
        while self.run(MARK_OF_A_WHOLE_PAGE, mark) == mark:
            assert time.monotonic() < until, "the page did not change"
            time.sleep(0.05)

    _marks = itertools.count()

    @property
    def address(self):
        return self.run("return location.href;")


@pytest.fixture(params=["chromium", *(pytest.param(name, marks=DRILL) for name in OTHERS)])
def tab(request, browser):
    if request.param == "chromium":
        context = browser.new_context()
        yield ChromiumTab(context.new_page())
        context.close()
    elif request.param == "firefox":
        with closing(Firefox()) as firefox:
            yield FirefoxTab(firefox)
    else:
        with closing(WebKitVisitor(scripts=True)) as visitor:
            yield WebKitTab(visitor)


@pytest.fixture
def address(live_server, settings):
    settings.ALLOWED_ORIGINS = [live_server.url]
    return live_server.url


def typed_texts(tab):
    return [text for text in tab.run(TYPED) if text]


def test_form_is_empty_after_sending_in_both_directions(tab, address):
    tab.go(f"{address}/contact/")
    tab.run(FILL, TEXTS)
    tab.click("button.button")
    assert "/contact/sent/" in tab.address
    tab.back()
    assert tab.address.endswith("/contact/") and typed_texts(tab) == []
    tab.forward()
    assert typed_texts(tab) == []
    assert Submission.objects.count() == 1


def test_form_is_empty_after_an_error_and_sending(tab, address):
    tab.go(f"{address}/contact/")
    tab.run(FILL, TEXTS | {"phone": "", "email": ""})
    tab.run("document.querySelector('#message-form .button').click()")
    until = time.monotonic() + LOADS_WITHIN_SECONDS
    while not tab.run("return !!document.querySelector('#error-summary-title')"):
        assert time.monotonic() < until, "the error is not shown"
        time.sleep(0.05)
    assert typed_texts(tab), "an error keeps the text"
    tab.run(FILL, TEXTS)
    tab.click("button.button")
    assert "/contact/sent/" in tab.address
    tab.back()
    assert typed_texts(tab) == []
    tab.forward()
    assert typed_texts(tab) == []


def test_form_is_empty_after_the_leave_button(tab, address):
    Clinic = apps.get_model("content", "Clinic")
    Clinic.objects.update_or_create(pk=1, defaults={"leave_url": f"{address}/robots.txt"})
    tab.go(f"{address}/contact/")
    tab.run(FILL, TEXTS)
    tab.click("a.leave")
    assert tab.address.endswith("/robots.txt")
    tab.back()
    assert "/contact/" not in tab.address or typed_texts(tab) == []


def test_message_is_empty_after_sending_without_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/contact/")
    page.check("[name=reply_by][value=call]")
    page.fill("[name=phone]", "818 555 0100")
    page.fill("[name=message]", "canary words")
    with page.expect_navigation():
        page.click("button.button")
    assert "/contact/sent/" in page.url
    page.go_back()
    assert page.input_value("[name=message]") == ""
    context.close()
