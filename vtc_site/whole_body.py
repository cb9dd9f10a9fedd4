"""Gives Django the length of a body that came in chunks. Wraps the application in wsgi.py.

Django reads as many bytes as Content-Length says, none without one: a message from a proxy that passes chunks
on would be lost in silence. The shipped nginx counts them itself.
"""

from io import BytesIO

MAX_BYTES = (
    2 * 1024 * 1024 + 1
)  # one more than intake/forms/posted.py shows again: what is longer, is refused there


def with_length(application):
    """Return the WSGI `application`, which then never sees a body without a length."""

    def answer(environ, start_response):
        if _has_no_length(environ):
            body = _read(environ["wsgi.input"])
            environ = environ | {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
        return application(environ, start_response)

    return answer


def _has_no_length(environ):
    return "HTTP_TRANSFER_ENCODING" in environ and not environ.get("CONTENT_LENGTH")


def _read(stream):
    """Return at most MAX_BYTES; a server may give fewer at a time than it is asked for."""
    parts, missing = [], MAX_BYTES
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
