"""Log lines that cannot carry what a person typed. Used by LOGGING in settings.py.

Django logs paths, hosts and exception messages; each of them can hold a name or a message. The formatter
keeps what an operator needs (logger, level, kind of error, file and line) and drops every value.
"""

import logging
import time
import traceback

from intake.failures import code_of

# Addresses that everybody may know whatever the answer is, and beginnings after which a secret can stand, or
# a word that somebody typed.
KNOWN_PATHS = ("/contact/", "/contact/sent/", "/search/", "/admin/login/")
BEGINNINGS = ("/admin/", "/contact/", "/preview/", "/static/")


class PrivateFormatter(logging.Formatter):
    """Time in UTC, level, logger, message; for Django's own loggers the message without its values."""

    converter = time.gmtime

    def __init__(self, *args, **kwargs):
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record):
        private = logging.makeLogRecord(record.__dict__)
        private.exc_text = None
        if record.name == "django.server":
            private.msg, private.args = _request_line(record), ()
        elif record.name.startswith("django"):
            private.msg, private.args = _own_words(record), ()
        return super().format(private)

    def formatException(self, exc_info):
        """Return the exception's type and the places it passed, without its message."""
        kind, _, trace = exc_info
        places = [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
        code = code_of(exc_info[1])
        return "\n".join([f"{kind.__module__}.{kind.__qualname__}{f' ({code})' if code else ''}", *places])


class AccessFormatter(logging.Formatter):
    """The line of granian's access log, with a path only where it is a page of ours; see .ci/start-server."""

    def format(self, record):
        private = logging.makeLogRecord(record.__dict__)
        private.args = record.args | {"path": _known_part(record.args["path"], record.args["status"])}
        return super().format(private)


def _known_part(path, status):
    is_page = status in (200, 304) and not path.startswith("/preview/")
    if is_page or path in KNOWN_PATHS:
        return path
    beginning = next((each for each in BEGINNINGS if path.startswith(each)), "/")
    return f"{beginning}…"


def _own_words(record):
    """Return what Django says before the first value; where it begins with one, the status of the answer."""
    words = str(record.msg).split(":")[0].split("%")[0].strip()
    return words or f"Answered {getattr(record, 'status_code', 'without a status')}"


def _request_line(record):
    """Return method and status of a request to the development server, never its address."""
    line, status = (str(record.args[0]), record.args[1]) if len(record.args or ()) > 1 else ("-", "-")
    method, _, rest = line.partition(" ")
    path = rest.split(" ")[0].split("?")[0]
    return f"{method} {path if path.startswith('/static/') else '/…'} {status}"
