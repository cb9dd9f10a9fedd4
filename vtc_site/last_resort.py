"""Answers for a process whose code cannot be loaded, in words and with the crisis lines. Wrapped by wsgi.py.

A process that ends is replaced by one with the code of that moment, which in the middle of an upgrade may be
broken. Its 502 has nginx ask another process (proxy_next_upstream), and is for nothing else.
"""

import logging

from django.conf import settings

logger = logging.getLogger(__name__)

HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ("Referrer-Policy", "same-origin"),
    ("Retry-After", "60"),
    ("X-Content-Type-Options", "nosniff"),
]
FOLDER = settings.BASE_DIR / "docs" / "deploy"
PAGES = {code: FOLDER / f"unavailable.{code}.html" for code, _ in settings.LANGUAGES}
PAGES[settings.LANGUAGE_CODE] = FOLDER / "unavailable.html"


class Broken:
    """Stands for an application that could not be loaded."""

    def __init__(self, error):
        self._error = error

    def __call__(self, environ, start_response):
        raise self._error


class LastResort:
    """Passes requests on to `application`; what not even Django could answer gets the page for outages."""

    def __init__(self, application):
        self._application = application
        self._pages = {code: file.read_bytes() for code, file in PAGES.items() if file.exists()}

    def __call__(self, environ, start_response):
        try:
            return self._application(environ, start_response)
        except Exception as error:
            logger.error("ALARM: this process cannot answer, is its code whole? %s", type(error).__name__)
            start_response("502 Bad Gateway", HEADERS)
            return [self._page(environ.get("PATH_INFO", ""))]

    def _page(self, path):
        language = path.split("/")[1] if path.count("/") > 1 else ""
        return self._pages.get(language) or self._pages.get(settings.LANGUAGE_CODE) or b"Please try again."
