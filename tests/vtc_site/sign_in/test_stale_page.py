"""A POST without a token: staff hear that their page is old, visitors that this is not for them."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("path", "words", "others"),
    [
        ("/admin/login/", "This page was open too long", "You cannot open this page."),
        ("/signs/", "You cannot open this page.", "signed in again"),
    ],
)
def test_says_what_fits_whoever_asked(db, path, words, others):
    answer = Client(enforce_csrf_checks=True).post(path, {"x": "y"})
    html = answer.content.decode()
    assert answer.status_code == 403
    assert words in html and others not in html


@pytest.mark.parametrize(
    ("path", "words"), [("/admin/login/", "editing a page"), ("/search/", "Shorten them")]
)
def test_a_body_that_is_too_long_is_refused_in_words_that_fit(db, client, settings, path, words):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # bytes
    answer = client.post(path, {"words": "x" * 3000})
    assert answer.status_code == 413
    assert words in answer.content.decode()
