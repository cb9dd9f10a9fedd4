"""Takes out of Content-Type what Django cannot survive. Wraps the application in wsgi.py.

A parameter may name the encoding of its own value (RFC 2231: `charset*=x''y`). Django dies
of one that nobody knows, before any page can be shown (its ticket 36991); no browser sends any.
"""

import re

WITH_ENCODING = re.compile(r";[^;=]*\*[^;]*")


def with_known_type(application):
    """Return the WSGI `application`, which then never sees a parameter with an encoding."""

    def answer(environ, start_response):
        content_type = environ.get("CONTENT_TYPE", "")
        if "*" in content_type:
            environ = environ | {"CONTENT_TYPE": WITH_ENCODING.sub("", content_type)}
        return application(environ, start_response)

    return answer
