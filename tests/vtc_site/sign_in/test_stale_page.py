"""A POST without a token: staff hear that their page is old, visitors that this is not for them."""

import pytest
from django.test import Client

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("path", "status", "words", "others"),
    [
        ("/admin/login/", 403, "or cookies were deleted", "Nothing can be sent"),
        ("/signs/", 405, "Nothing can be sent to this address.", "signed in again"),
        ("/nope/", 404, "it did not arrive", "signed in again"),
    ],
)
def test_says_what_fits_whoever_asked(unchanged_pages, path, status, words, others):
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
def test_unknown_methods_get_a_page_of_ours(unchanged_pages, method):
    client = Client(enforce_csrf_checks=True)
    answer = client.generic(method, "/contact/")
    assert answer.status_code == 405 and "POST" in answer["Allow"] and b"did not arrive" in answer.content
    assert b"Nothing can be sent" not in answer.content  # a form can
    assert client.generic(method, "/no/such/").status_code in (404, 405)


def test_an_address_of_staff_that_takes_no_such_method_says_so(db):
    answer = Client().generic("BREW", "/admin/login/")
    assert answer.status_code == 405 and "POST" in answer["Allow"]
    assert b"Nothing can be sent" not in answer.content and b"in a way we don" in answer.content
    assert b"Nothing was changed." in answer.content and b"did not arrive" not in answer.content


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1", "idna", "x"])
@pytest.mark.parametrize("path", ["/search/", "/contact/", "/contact/status/", "/admin/login/"])
def test_another_charset_never_gets_a_bare_answer(unchanged_pages, client, path, charset):
    content_type = f"application/x-www-form-urlencoded; charset={charset}"
    answer = client.generic("POST", path, b"words=ni%C3%B1o", content_type)
    assert answer.status_code in (200, 400, 415, 422) and b"<h1" in answer.content
    assert path != "/search/" or "niño" in answer.content.decode()


def test_a_damaged_body_gets_a_page_of_ours(unchanged_pages, client):
    answer = client.post("/search/", b"--x", "multipart/form-data")
    assert answer.status_code == 400 and b"arrived damaged" in answer.content


@pytest.mark.parametrize("typed", [b"ni%F1o", b"ni%C3%B1o", b"n%00i%C3%B1o%E2%80%8B%1B"])
def test_search_reads_what_was_typed_as_the_forms_do(unchanged_pages, client, typed):
    answer = client.post("/search/", b"words=" + typed, "application/x-www-form-urlencoded")
    assert 'value="niño"' in answer.content.decode()
