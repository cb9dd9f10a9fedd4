"""Every state in which a visitor can meet the site: each page, each answer of the form, each failure.

STATES maps a name to a function that brings a page there; test_access.py, test_print.py and
test_emergency.py walk through them.
"""

from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from unittest.mock import patch

import pytest
from django.utils.translation import gettext, override

from content import starter
from intake.receiving import sent_token
from tests.browser import sending

PATHS = [data["path"] for data in starter.page_files()] + ["/contact/", "/search/", "/es/buscar/"]
# `make test` opens these two Spanish pages, the urgent one and the longest; `make drill` all others.
SPANISH = ("/es/sobredosis/", "/es/tratamiento/")
# The other pages of text are drawn by the same templates as these.
OF_EACH_KIND = (
    "/",
    "/overdose-help/",
    "/withdrawal/",
    "/treatment/",
    "/faq/",
    "/contact/",
    "/search/",
    *SPANISH,
)
FAILURES = ["/no-such-page/", "/fails/403/", "/fails/413/", "/fails/500/", "/fails/database/"]


def is_later(state):
    """Whether `make drill` alone opens this state: a Spanish page shares all but its words with English."""
    return state.startswith("/es/") and state not in SPANISH


def walk(states, now=None):
    """Return `states` as the parameters of a test; those for `make drill` are marked, or all but `now`."""
    later = [each for each in states if is_later(each) or (now and each not in now)]
    return [pytest.param(each, marks=pytest.mark.drill) if each in later else each for each in states]


def split(states):
    """Return the parameters of a test that opens many states one after another: now, and in `make drill`."""
    now = [each for each in states if not is_later(each)]
    later = [each for each in states if is_later(each)]
    return [pytest.param(now, id="now"), pytest.param(later, id="later", marks=pytest.mark.drill)]


@pytest.fixture
def _django_db_helper(django_db_setup):
    """Replaces what opens a transaction around every other test: a lasting site would wait for its end."""


def said(words, path):
    """Return `words` of the site in the language of the page at `path`."""
    with override("es" if path.startswith("/es/") else "en"):
        return gettext(words)


def open_page(path, page):
    page.goto(path)


def choose(name, value, page):
    page.goto("/contact/")
    page.locator(f"[name={name}][value={value}]").check()


def send(page, broken=(), *, scripts=True, **fields):
    """Open the form, fill `fields` in by name, and send it while each function named in `broken` fails.

    Without `scripts` the browser sends it by itself, and shows whatever comes.
    """
    page.goto("/contact/")
    if {"phone", "email"} & fields.keys():
        page.locator(f"[name=reply_by][value={'call' if 'phone' in fields else 'email'}]").check()
    for name, text in fields.items():
        page.locator(f"#message-form [name={name}]").fill(text)
    with ExitStack() as stack:
        for function in broken:
            stack.enter_context(patch(function, side_effect=RuntimeError("on purpose")))
        if scripts:
            sending.send(page)
        else:
            with page.expect_navigation():
                page.evaluate("document.getElementById('message-form').submit()")


def search(words, page):
    page.goto("/search/")
    page.fill("#words", words)
    with page.expect_navigation():
        page.get_by_role("button", name="Search").click()


def send_well(page):
    send(page, phone="714 555 0123", message="Access")
    assert "/contact/sent/" in page.url


def long_after_sending(page):
    with patch.object(sent_token.timezone, "now", return_value=datetime(2000, 1, 1, tzinfo=UTC)):
        message = sent_token.make(sent_token.Sent(reference="A2B3C4D5"))
    page.goto(f"/contact/sent/?message={message}")


STORE, SETTINGS = "intake.receiving.storing.receive", "intake.models.IntakeSettings.seen_last"
TYPED = {"name": "Sam", "phone": "714 555 0123", "message": "I would like to talk."}
FORM_STATES = {
    "about somebody else": partial(choose, "reason", "someone-else"),
    "outside California": partial(choose, "in_california", "no"),
    "a patient already": partial(choose, "reason", "current-patient"),
    "nothing filled in": send,
    "doubtful number": partial(send, phone="555"),
    "sent": send_well,
    "sent, words of danger": partial(send, phone="714 555 0123", message="I want to kill myself"),
    "sent, nobody breathes": partial(send, phone="714 555 0123", message="He is not breathing"),
    "adding later": partial(open_page, "/contact/add/"),
    "added": partial(open_page, "/contact/added/"),
    "asking about a message": partial(open_page, "/contact/status/"),
    "deleting, switched off": partial(open_page, "/contact/delete/"),
    "sent long ago": long_after_sending,
    "not stored": partial(send, broken=[STORE], **TYPED),
    "not stored, plain page": partial(send, broken=[STORE, SETTINGS], scripts=False, **TYPED),
    "no answer": partial(send, broken=[STORE, SETTINGS], **TYPED),
}
SEARCHES = {
    f"search: {words}": partial(search, words) for words in ("od", "want to die", "bupe", "qqqq zzzz")
}
STATES = {path: partial(open_page, path) for path in PATHS + FAILURES} | FORM_STATES | SEARCHES
# One of each look: the other pages have the frame of these.
LOOKS = [*OF_EACH_KIND, *FAILURES, *FORM_STATES, *SEARCHES]
