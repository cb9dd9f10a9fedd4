"""Sends test messages as a browser sends the form: through every middleware, the view and the form.

Run by background.py; intake/outbox/canary.py knows what becomes of them.
"""

import io
import logging
from urllib.parse import urlencode, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.urls import reverse

from intake.outbox import canary, wakeup

logger = logging.getLogger(__name__)

ADDRESS = "test@example.com"  # reserved for examples: nobody has it, and nothing is sent to it


def send_wanted():
    """Send every test message that somebody, or the day, asked for."""
    for text in canary.take_wanted():
        status = _post(text)
        if status != 303:
            logger.error("A test message was answered with %d.", status)
        wakeup.wake()


def _post(text):
    """Send `text` and return the status. Called from within a thread that has its own database connection."""
    fields = {"name": "Test", "reason": "other", "reply_by": "email", "email": ADDRESS, "message": text}
    handler = BaseHandler()
    handler.load_middleware()
    return handler.get_response(WSGIRequest(_environ(urlencode(fields).encode()))).status_code


def _environ(body):
    site = urlsplit(settings.SITE_URL)
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": reverse("intake:send_message"),
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "HTTP_HOST": site.netloc,
        "HTTP_ORIGIN": settings.SITE_URL,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": site.scheme,
    }
    setup_testing_defaults(environ)
    return environ
