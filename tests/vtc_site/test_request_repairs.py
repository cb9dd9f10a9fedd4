"""Django gets a body in chunks whole, no more of it than a form can be, and no Content-Type it dies of."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.test.client import ClientHandler
from whitenoise import WhiteNoise

from intake.models import Submission
from tests.support.messages import filled_in
from vtc_site import request_repairs
from vtc_site.request_repairs import repaired

pytestmark = pytest.mark.once


class Dribble:
    """A stream that gives three bytes at a time, whatever it is asked for."""

    def __init__(self, body):
        self._stream = BytesIO(body)

    def read(self, size=-1):
        return self._stream.read(min(size, 3))


def environ(body, **more):
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/contact/",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": Dribble(body),
        **more,
    }


def fields_of(environ):
    seen = []
    repaired(lambda environ, start_response: seen.append(WSGIRequest(environ).POST) or [])(environ, None)
    return seen[0]


@pytest.mark.parametrize("length", [{}, {"CONTENT_LENGTH": ""}])
@pytest.mark.parametrize("coding", ["chunked", "Chunked", "gzip, chunked"])
def test_body_in_chunks_is_read_whole(coding, length):
    asked = environ(urlencode(filled_in()).encode(), HTTP_TRANSFER_ENCODING=coding, **length)
    assert fields_of(asked).dict() == filled_in()


def test_body_with_a_length_is_left_alone():
    asked = environ(b"", CONTENT_LENGTH="8") | {"wsgi.input": BytesIO(b"name=Sam&more")}
    assert fields_of(asked).dict() == {"name": "Sam"}


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_body_that_was_cut_is_never_taken_for_the_whole(kind):
    body = b"phone=714+555+01"
    asked = environ(body, CONTENT_LENGTH=str(len(body) + 2), CONTENT_TYPE=kind)
    with pytest.raises(BadRequest):
        fields_of(asked)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/contact/", "/contact/add/", "/search/"])
def test_whoever_sent_it_hears_that_it_was_damaged(address):
    """Damaged chunks come as none at all."""
    answer = repaired(lambda environ, start_response: ClientHandler()(environ))
    for body, more in ((b"phone=7", {"CONTENT_LENGTH": "9"}), (b"", {"HTTP_TRANSFER_ENCODING": "chunked"})):
        asked = environ(body, HTTP_HOST="testserver", **more) | {"PATH_INFO": address}
        assert answer(asked, None).status_code == 400
    assert not Submission.objects.exists()


def test_everything_is_given_however_little_comes_at_a_time():
    asked = environ(b"name=Sam&message=canary", CONTENT_LENGTH="23")
    seen = []
    repaired(lambda environ, start_response: seen.append(WSGIRequest(environ).body) or [])(asked, None)
    assert seen == [b"name=Sam&message=canary"]


def test_no_more_is_read_than_a_form_can_be(monkeypatch):
    monkeypatch.setattr(request_repairs, "MAX_BYTES", 100)
    endless = environ(b"message=canary&more=" + b"x" * 5000, HTTP_TRANSFER_ENCODING="chunked")
    assert fields_of(endless).dict() == {"message": "canary", "more": "x" * 80}


@pytest.mark.parametrize(
    "odd", ["; charset*=BOGUS''x", ";charset*0*=BOGUS''x; charset*1=y", "; a*=utf-8''%ff"]
)
def test_a_parameter_in_an_unknown_encoding_is_left_out(odd):
    seen = []
    application = repaired(lambda environ, start_response: seen.append(WSGIRequest(environ)))
    form = "application/x-www-form-urlencoded"
    application(environ(b"", CONTENT_TYPE=f"{form}{odd}; b=1") | {"wsgi.input": BytesIO()}, None)
    assert (seen[0].content_type, seen[0].content_params) == (form, {"b": "1"})


@pytest.mark.parametrize(
    ("wishes", "encoding"),
    [
        ("gzip;q=0, br;q=0", None),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0.5, br;q=0.4", "gzip"),
        ("*;q=0", None),
        ("*", "br"),
        ("identity", None),
    ],
)
def test_a_stylesheet_comes_in_an_encoding_that_was_not_refused(tmp_path, wishes, encoding):
    for name in ("site.css", "site.css.br", "site.css.gz"):
        (tmp_path / name).write_bytes(b"a" * (100 if name == "site.css" else 10))
    headers = {}
    asked = environ(b"", HTTP_ACCEPT_ENCODING=wishes) | {"PATH_INFO": "/site.css", "REQUEST_METHOD": "GET"}
    application = repaired(WhiteNoise(None, root=str(tmp_path)))
    application(asked, lambda status, sent: headers.update(sent)).close()
    assert headers.get("Content-Encoding") == encoding
