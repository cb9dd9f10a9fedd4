"""Mends requests that Django would lose or cannot survive. Wraps the application in wsgi.py.

Django reads as many bytes as Content-Length says, none without one: a message from a proxy that passes chunks
on would be lost in silence. And it takes what arrives for the whole: half a message, with half a number to
call, would be stored and thanked for. The shipped nginx counts the bytes itself.

A parameter of Content-Type may name the encoding of its own value (RFC 2231: `charset*=x''y`). Django dies of
one that nobody knows, before any page can be shown (its ticket 36991); no browser sends any.

WhiteNoise reads no weights: to whoever refuses an encoding (`br;q=0`) it would send a stylesheet in that one.
"""

import re
from io import BytesIO

from django.core.exceptions import BadRequest

from vtc_site.cached_response import LONGEST_WISH, best_encoding

# One more than intake/forms/posted.py shows again: what is longer, is refused there.
MAX_BYTES = 2 * 1024 * 1024 + 1
WITH_ENCODING = re.compile(r";[^;=]*\*[^;]*")


def repaired(application):
    """Return the WSGI `application`, which then never sees such a request."""

    def answer(environ, start_response):
        asked = _with_one_answer(_without_encodings(environ))
        return application(_whole(_with_length(asked)), start_response)

    return answer


def _without_encodings(environ):
    content_type = environ.get("CONTENT_TYPE", "")
    if "*" not in content_type:
        return environ
    return environ | {"CONTENT_TYPE": WITH_ENCODING.sub("", content_type)}


def _with_one_answer(environ):
    wishes = environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST_WISH]
    if not set(wishes) & {";", "*"}:
        return environ
    return environ | {"HTTP_ACCEPT_ENCODING": best_encoding(wishes)}


def _with_length(environ):
    if "HTTP_TRANSFER_ENCODING" not in environ or environ.get("CONTENT_LENGTH"):
        return environ
    body = _read(environ["wsgi.input"])
    # Of damaged chunks the server gives what came before, as if that were all: a known limit, and a reason
    # for a proxy that takes a request whole. Nothing at all is no form, so reading it fails.
    return environ | {"CONTENT_LENGTH": str(len(body) or 1), "wsgi.input": BytesIO(body)}


def _whole(environ):
    length = environ.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        return environ
    return environ | {"wsgi.input": _Whole(environ["wsgi.input"], int(length))}


class _Whole:
    """A stream that gives as much as it is asked for; one that ends before `length` bytes is answered 400."""

    def __init__(self, stream, length):
        self._stream, self._missing = stream, length

    def read(self, size=-1):
        parts, wanted = [], self._missing if size < 0 else min(size, self._missing)
        while wanted:
            part = self._stream.read(wanted)
            if not part:
                raise BadRequest("the body ended before its length")
            parts.append(part)
            wanted -= len(part)
            self._missing -= len(part)
        return b"".join(parts)

    def readline(self, size=-1):
        return self._stream.readline(size)


def _read(stream):
    """Return at most MAX_BYTES; a server may give fewer at a time than it is asked for."""
    parts, missing = [], MAX_BYTES
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
