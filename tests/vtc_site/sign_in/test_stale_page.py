"""A POST without a token: staff hear that their page is old, visitors that this is not for them."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("path", "status", "words", "others"),
    [
        ("/admin/login/", 403, "This page was open too long", "Nothing can be sent"),
        ("/signs/", 405, "Nothing can be sent to this address.", "signed in again"),
        ("/nope/", 404, "it did not arrive", "signed in again"),
    ],
)
def test_says_what_fits_whoever_asked(starting_pages, path, status, words, others):
    answer = Client(enforce_csrf_checks=True).post(path, {"x": "y"})
    html = answer.content.decode()
    assert answer.status_code == status
    assert words in html and others not in html


@pytest.mark.parametrize(
    ("path", "words"), [("/admin/login/", "editing a page"), ("/search/", "Shorten them")]
)
def test_a_body_that_is_too_long_is_refused_in_words_that_fit(db, client, settings, path, words):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # bytes
    answer = client.post(path, {"words": "x" * 3000})
    assert answer.status_code == 413
    assert words in answer.content.decode()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
def test_unknown_methods_get_a_page_of_ours(starting_pages, method):
    client = Client(enforce_csrf_checks=True)
    answer = client.generic(method, "/contact/")
    assert answer.status_code == 405 and "POST" in answer["Allow"] and b"did not arrive" in answer.content
    assert client.generic(method, "/no/such/").status_code in (404, 405)
