"""Which addresses take a POST from anybody: no token and no session, so the list is short and known."""

import pytest
from django.urls import get_resolver

pytestmark = pytest.mark.once

PUBLIC_POSTS = {
    "contact/",
    "contact",
    "contact/add/",
    "contact/status/",
    "contact/delete/",
    "search/",
    r"^(?P<path>(?:[a-z0-9-]+/)*)helpful/\Z",
}


def exempt_addresses(patterns, before=""):
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from exempt_addresses(pattern.url_patterns, address)
        elif getattr(pattern.callback, "csrf_exempt", False):
            yield address


def test_only_these_addresses_take_a_post_without_a_token():
    assert set(exempt_addresses(get_resolver().url_patterns)) == PUBLIC_POSTS


@pytest.mark.parametrize("address", sorted(PUBLIC_POSTS))
def test_a_public_post_sets_no_cookie(unchanged_pages, client, address):
    answer = client.post(f"/{address}", {"words": "x"})
    assert answer.status_code < 500
    assert not answer.cookies
