"""Gives Django the length of a body that came in chunks, and tells it when a body was cut. Wraps the
application in wsgi.py.

Django reads as many bytes as Content-Length says, none without one: a message from a proxy that passes chunks
on would be lost in silence. And it takes what arrives for the whole: half a message, with half a number to
call, would be stored and thanked for. The shipped nginx counts the bytes itself.
"""

from io import BytesIO

from django.core.exceptions import BadRequest

MAX_BYTES = (
    2 * 1024 * 1024 + 1
)  # one more than intake/forms/posted.py shows again: what is longer, is refused there


def with_length(application):
    """Return the WSGI `application`, which then never sees a body without a length, nor a part of one."""

    def answer(environ, start_response):
        if _has_no_length(environ):
            body = _read(environ["wsgi.input"])
            # Of damaged chunks the server gives what came before, as if that were all: a known limit, and a
            # reason for a proxy that takes a request whole. Nothing at all is no form, so reading it fails.
            environ |= {"CONTENT_LENGTH": str(len(body) or 1), "wsgi.input": BytesIO(body)}
        if (length := environ.get("CONTENT_LENGTH") or "").isdecimal():
            environ |= {"wsgi.input": _Whole(environ["wsgi.input"], int(length))}
        return application(environ, start_response)

    return answer


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


def _has_no_length(environ):
    return "HTTP_TRANSFER_ENCODING" in environ and not environ.get("CONTENT_LENGTH")


def _read(stream):
    """Return at most MAX_BYTES; a server may give fewer at a time than it is asked for."""
    parts, missing = [], MAX_BYTES
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
