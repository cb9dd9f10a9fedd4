"""Every page and screen keeps the CSP, has no script error, and no button that sends nothing."""

import pytest
from playwright.sync_api import Page

from tests.browser.states import STATES, split
from tests.support.staff import make_staff
from tests.vtc_site.staff.admin_paths import KEY, admin_routes, label_of, make_example, path_of
from tests.vtc_site.staff.admin_urls import ADDRESSES

pytestmark = pytest.mark.browser
NO_SCREENS = ("jsi18n", "autocomplete", "content_auditentry_export", "still_here")  # data, not pages
VIOLATIONS = (
    "addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.blockedURI}`))"
)
# A form in a form, or one that is closed too early, leaves buttons that send nothing.
# Django's switch of colors is a button without a form on purpose.
SENDING = "input[type=submit], button[type=submit], button:not([type], .theme-toggle)"
DEAD_BUTTONS = f"""[...document.querySelectorAll("{SENDING}")].filter((button) => !button.form)
    .map((button) => "dead button: " + (button.value || button.textContent))"""


class Crawler:
    """A page in a browser; `said` is every error that its console got since it was last emptied."""

    def __init__(self, page: Page):
        self.page, self.said = page, []
        page.add_init_script(VIOLATIONS)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", self._listen)

    def _listen(self, message):
        is_own_status = message.text.startswith("Failed to load resource") and (
            message.location["url"] == self.page.url  # a page that is meant to answer 404, 422 or 503
        )
        if message.type == "error" and not is_own_status:
            self.said.append(message.text)

    def complaints(self):
        """Return what was said since the last call, and which buttons of the page send nothing."""
        self.page.evaluate("new Promise((ready) => requestAnimationFrame(ready))")  # late scripts have run
        said, self.said = self.said, []
        return said + self.page.evaluate(DEAD_BUTTONS)


@pytest.fixture
def crawler(browser, site, settings):
    settings.ROOT_URLCONF = "tests.browser.urls"
    context = browser.new_context(base_url=site)
    context.set_default_timeout(15_000)
    yield Crawler(context.new_page())
    context.close()


@pytest.mark.parametrize("states", split(STATES))
def test_pages_and_form_keep_the_policy(crawler, states):
    wrong = {}
    for name in states:
        STATES[name](page=crawler.page)
        if complaints := crawler.complaints():
            wrong[name] = complaints
    assert wrong == {}


def is_later(address):
    """Whether `make drill` alone opens it: a screen that Django draws alike for every model."""
    return address.name.endswith(("_history", "_delete")) and not address.name.startswith("content_page_")


def screens(is_wanted):
    """Return the screens of an owner; an address that ends in the key of a record leads to its change."""
    found = [each for each in ADDRESSES if "O" in each.get and each.name not in NO_SCREENS]
    return [each for each in found if is_wanted(each) and not each.name.endswith("object_id>/")]


SCREENS = [
    pytest.param(screens(lambda each: not is_later(each)), id="now"),
    pytest.param(screens(is_later), id="later", marks=pytest.mark.drill),
]


@pytest.mark.parametrize("addresses", SCREENS)
def test_screens_of_the_admin_keep_the_policy(crawler, sign_in, addresses):
    sign_in(crawler.page, make_staff("Owner"))
    routes, examples, wrong = admin_routes(), {}, {}
    for address in addresses:
        path = f"{_path(routes[address.name], label_of(address), examples)}?{address.query}"
        status = crawler.page.goto(path).status
        if (complaints := crawler.complaints()) or status != 200 or "/login/" in crawler.page.url:
            wrong[path] = [status, *complaints]
    assert wrong == {}
    assert len(addresses) > 30


def _path(route, label, examples):
    """Return the path of `route`; `examples` keeps the objects that were made for it."""
    if not KEY.search(route):
        return path_of(route, None)
    if label not in examples:
        examples[label] = make_example(label)
    return path_of(route, examples[label])


SINS = [
    "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')",
    "document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.1:9/x.png\">')",
    "setTimeout(() => undefinedFunction(), 0)",
    "document.body.insertAdjacentHTML('beforeend', '<form></form><button>Send</button>')",
]


def test_the_crawl_would_notice(crawler):
    crawler.page.goto("/contact/")
    assert crawler.complaints() == []
    for sin in SINS:
        crawler.page.evaluate(f"() => {{ {sin} }}")
        crawler.page.wait_for_timeout(100)
        assert crawler.complaints(), sin
