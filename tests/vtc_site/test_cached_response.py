"""A finished answer: the encoding a browser asked for, 304 and HEAD, as RFC 9110 says."""

import gzip

import brotli
import pytest

from tests.support.wsgi import ask
from vtc_site.cached_response import FinishedAnswer, best_encoding

pytestmark = pytest.mark.once

BODY = b"Words that people need. " * 100
HEADERS = [
    ("Content-Type", "text/html"),
    ("X-Frame-Options", "DENY"),
    ("Cache-Control", "public, max-age=0"),
    ("Content-Length", "1"),
]


@pytest.fixture
def kept():
    return FinishedAnswer(HEADERS, BODY).answer


def test_answers_with_the_headers_it_was_made_with(kept):
    reply = ask(kept, "/")
    assert (reply.status, reply.body) == (200, BODY)
    assert reply.headers["x-frame-options"] == "DENY"
    assert reply.headers["content-length"] == str(len(BODY))
    assert reply.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("*", "br"),
        ("*;q=0.1, gzip;q=0.2", "gzip"),
        ("identity", ""),
        ("identity, gzip;q=0.5", ""),
        ("br;q=0, gzip;q=0", ""),
        ("*;q=0", "br"),
        ("zstd", ""),
        ("br;q=nonsense", ""),
        ("", ""),
    ],
)
def test_takes_the_encoding_that_the_browser_likes_best(accepted, encoding):
    expected = "" if accepted == "*;q=0" else encoding  # nothing is acceptable: as it is, rather than nothing
    assert best_encoding(accepted) == expected


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_every_encoding_holds_the_same_words(kept, encoding, unpack):
    reply = ask(kept, "/", accept_encoding=encoding)
    assert reply.headers["content-encoding"] == encoding
    assert unpack(reply.body) == BODY
    assert len(reply.body) == int(reply.headers["content-length"]) < len(BODY)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_a_copy_that_still_holds_gets_304_without_a_body(kept, form):
    tag = ask(kept, "/", accept_encoding="br").headers["etag"]
    reply = ask(kept, "/", accept_encoding="br", if_none_match=form.format(tag))
    assert (reply.status, reply.body) == (304, b"")
    assert reply.headers["etag"] == tag
    assert "x-frame-options" in reply.headers
    assert not {"content-length", "content-type", "content-encoding"} & reply.headers.keys()


def test_the_304_names_the_copy_that_the_visitor_has(kept):
    zipped, plain = (ask(kept, "/", accept_encoding=name).headers["etag"] for name in ("gzip", ""))
    for tags in (zipped, f"W/{zipped}", f'"other" , {zipped}'):
        reply = ask(kept, "/", accept_encoding="br, gzip", if_none_match=tags)
        assert (reply.status, reply.headers["etag"]) == (304, zipped)
    assert ask(kept, "/", "HEAD", if_none_match=f"{zipped}, {plain}").headers["etag"] == plain


def test_another_copy_gets_the_whole(kept):
    assert ask(kept, "/", if_none_match='"other"').status == 200


def test_each_encoding_has_its_own_tag(kept):
    tags = {ask(kept, "/", accept_encoding=name).headers["etag"] for name in ("br", "gzip", "")}
    assert len(tags) == 3


def test_head_tells_the_same_without_the_body(kept):
    whole, head = ask(kept, "/"), ask(kept, "/", "HEAD")
    assert head.body == b""
    assert head.headers == whole.headers


def test_remembers_no_long_wishes(kept):
    best_encoding.cache_clear()
    for number in range(20):
        ask(kept, "/", accept_encoding=f"br, {number}" + "x" * 10_000)
    ask(kept, "/", accept_encoding="x" * 10_000 + ", br")
    ask(kept, "/", accept_encoding="x" * 10_000 + ", gzip")
    assert best_encoding.cache_info().currsize == 21  # the last two begin alike
