"""Mends requests that Django would lose or cannot survive. Wraps the application in wsgi.py.

Django reads as many bytes as Content-Length says, none without one: a message from a proxy that passes chunks
on would be lost in silence. The shipped nginx counts them itself.

A parameter of Content-Type may name the encoding of its own value (RFC 2231: `charset*=x''y`). Django dies of
one that nobody knows, before any page can be shown (its ticket 36991); no browser sends any.
"""

import re
from io import BytesIO

# One more than intake/forms/posted.py shows again: what is longer, is refused there.
MAX_BYTES = 2 * 1024 * 1024 + 1
WITH_ENCODING = re.compile(r";[^;=]*\*[^;]*")


def repaired(application):
    """Return the WSGI `application`, which then never sees such a request."""

    def answer(environ, start_response):
        return application(_with_length(_without_encodings(environ)), start_response)

    return answer


def _without_encodings(environ):
    content_type = environ.get("CONTENT_TYPE", "")
    if "*" not in content_type:
        return environ
    return environ | {"CONTENT_TYPE": WITH_ENCODING.sub("", content_type)}


def _with_length(environ):
    if "HTTP_TRANSFER_ENCODING" not in environ or environ.get("CONTENT_LENGTH"):
        return environ
    body = _read(environ["wsgi.input"])
    return environ | {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}


def _read(stream):
    """Return at most MAX_BYTES; a server may give fewer at a time than it is asked for."""
    parts, missing = [], MAX_BYTES
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
