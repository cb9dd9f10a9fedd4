"""What somebody typed stays on the screen until the site has it, whatever stands between fails."""

import pytest

from intake.forms import posted
from intake.models import Submission
from tests.support.broken_proxy import BrokenProxy

pytestmark = pytest.mark.browser
TEXT = "I want to stop. Please call me."


@pytest.fixture
def proxy(site, settings):
    proxy = BrokenProxy(site)
    settings.ALLOWED_ORIGINS = [proxy.url]
    yield proxy
    proxy.end()


@pytest.fixture
def form(page, proxy):
    page.set_default_timeout(15_000)
    page.goto(f"{proxy.url}/contact/")
    page.get_by_label("Phone call").check()
    page.get_by_label("Phone number", exact=True).fill("714 555 0123")
    page.get_by_label("Your message", exact=True).fill(TEXT)
    return page


def press_send(page):
    page.get_by_role("button", name="Send message").click()


def typed(page):
    return [page.locator(f"#message-form [name={name}]").input_value() for name in ("phone", "message")]


# The page of a proxy can have any of these statuses; to the script all but 413 are the same.
FAILURES = ["reset", "lose the answer", 413, 503, 200]
FAILURES += [pytest.param(status, marks=pytest.mark.drill) for status in (429, 502, 504)]


@pytest.mark.parametrize("failure", FAILURES)
def test_text_stays_when_no_answer_of_the_site_arrives(form, proxy, failure):
    proxy.failure = failure
    press_send(form)
    form.locator("#message-not-sent").wait_for()
    assert typed(form) == ["714 555 0123", TEXT]
    assert form.evaluate("document.activeElement.id") == "message-not-sent"
    assert form.title().startswith("Not sent:")
    assert form.locator("#message-not-sent a[href='tel:911']").is_visible()
    assert ("too long" in form.locator("#message-not-sent").inner_text()) is (failure == 413)

    proxy.failure = None
    press_send(form)
    form.wait_for_url("**/contact/sent/**")
    assert Submission.objects.get().message == TEXT
    form.go_back()
    assert typed(form) == ["", ""]


def test_text_is_back_when_the_failed_page_is_left_and_the_browser_keeps_it(form, proxy):
    proxy.failure = "reset"
    press_send(form)
    form.locator("#message-not-sent").wait_for()
    assert form.url == f"{proxy.url}/contact/", "nothing was left: Back is not needed"


def test_error_and_failure_and_sending_in_turn(form, proxy):
    form.get_by_label("Phone number", exact=True).fill("")
    press_send(form)
    form.locator("#error-summary-title").wait_for()
    assert form.title().startswith("Error:") and typed(form) == ["", TEXT]
    proxy.failure = 503
    form.get_by_label("Phone number", exact=True).fill("714 555 0123")
    press_send(form)
    form.locator("#message-not-sent").wait_for()
    assert form.locator(".error-summary:visible").count() == 1
    proxy.failure = None
    press_send(form)
    form.wait_for_url("**/contact/sent/**")
    message = Submission.objects.get()
    assert (message.message, message.status) == (TEXT, Submission.Status.NEW)


def test_text_that_the_site_can_show_only_in_part_stays_whole(form, monkeypatch):
    monkeypatch.setattr(posted, "MAX_BYTES", 1000)
    form.get_by_label("Your message", exact=True).fill("help" * 500)
    press_send(form)
    form.get_by_text("your message is too long").wait_for()
    assert [len(text) for text in typed(form)] == [12, 2000]


def test_says_that_it_is_sending_while_nothing_answers(form, proxy):
    proxy.failure = "silent"
    status = form.locator("#message-sending")
    assert status.inner_text() == ""
    press_send(form)
    form.get_by_text("Sending…").wait_for()
    proxy.speaks_again.set()
    form.wait_for_url("**/contact/sent/**")

    proxy.failure = 503
    form.goto(f"{proxy.url}/contact/")
    form.get_by_label("Your message", exact=True).fill(TEXT)
    press_send(form)
    form.locator("#message-not-sent").wait_for()
    form.wait_for_function("!document.getElementById('message-sending').textContent")


def test_two_taps_send_once(form, proxy):
    form.evaluate(
        "() => { const b = document.querySelector('#message-form .button'); b.click(); b.click(); }"
    )
    form.wait_for_url("**/contact/sent/**")
    assert proxy.posts == Submission.objects.count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_link_of_the_form_takes_no_word_of_it(browser, proxy, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{proxy.url}/contact/")
    page.get_by_label("Phone call").check()
    page.get_by_label("Your message", exact=True).fill(TEXT)
    with context.expect_page() as opened:
        page.get_by_role("link", name="using this site safely").click()
    opened.value.wait_for_load_state()
    assert opened.value.url.endswith("/using-this-site-safely/")
    assert page.get_by_label("Your message", exact=True).input_value() == TEXT
    context.close()


def test_every_link_in_the_form_that_leads_to_a_page_opens_beside_it(form):
    links = form.locator("#message-form a:not([href^='tel:']):not([href^='sms:'])")
    assert links.count() and all(link.get_attribute("target") == "_blank" for link in links.all())
