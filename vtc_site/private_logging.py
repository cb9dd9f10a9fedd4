"""Log lines that cannot carry what a person typed. Used by LOGGING in settings.py.

Django logs paths, hosts and exception messages; each of them can hold a name or a message. The formatter
keeps what an operator needs (logger, level, kind of error, file and line) and drops every value.
"""

import logging
import threading
import time
import traceback

from intake.failures import is_outage, named

# Addresses that everybody may know whatever the answer is, and beginnings after which a secret can stand, or
# a word that somebody typed.
KNOWN_PATHS = (
    *("/contact/", "/contact/sent/", "/search/", "/admin/login/", "/healthz/"),
    *("/es/contacto/", "/es/contacto/enviado/", "/es/buscar/"),
)
BEGINNINGS = ("/admin/", "/contact/", "/es/contacto/", "/preview/", "/static/")


class PrivateFormatter(logging.Formatter):
    """Time in UTC, level, logger, message; for Django's own loggers the message without its values."""

    converter = time.gmtime

    def __init__(self, *args, **kwargs):
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record):
        private = logging.makeLogRecord(record.__dict__)
        private.exc_text = None
        private.msg, private.args = private_words(record), ()
        if _is_of_an_outage(record):  # where in the code it was noticed says nothing
            private.exc_info = None
        if repeated := getattr(record, "repeated", 0):
            private.msg += f" (and {repeated} times more in the last minute)"
        return super().format(private)

    def formatException(self, exc_info):
        """Return the exception's type and the places it passed, without its message."""
        kind, error, trace = exc_info
        places = [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
        return "\n".join([f"{kind.__module__}.{named(error)}", *places])


class RepeatFilter(logging.Filter):
    """Lets a warning or an error through once a minute, then with the number of those it kept back.

    While the database is down each request fails alike, and the one line with the reason must be found.
    """

    PAUSE_SECONDS = 60
    MOST_LINES = 500  # remembered

    def __init__(self, *args, clock=time.monotonic, **kwargs):
        super().__init__(*args, **kwargs)
        self._clock, self._lock = clock, threading.Lock()
        self._seen = {}  # line -> time it was let through, and number kept back since

    def filter(self, record):
        if record.levelno < logging.WARNING:
            return True
        line, now = (record.name, private_words(record)), self._clock()
        with self._lock:
            at, kept_back = self._seen.get(line, (float("-inf"), 0))
            if now - at < self.PAUSE_SECONDS:
                self._seen[line] = at, kept_back + 1
                return False
            if len(self._seen) >= self.MOST_LINES:
                self._seen.clear()
            self._seen[line] = now, 0
        record.repeated = kept_back
        return True


class AccessFormatter(logging.Formatter):
    """The line of granian's access log, with a path only where it is a page of ours; see .ci/start-server."""

    converter = time.gmtime

    def __init__(self, *args, **kwargs):
        super().__init__("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record):
        private = logging.makeLogRecord(record.__dict__)
        private.args = record.args | {"path": _known_part(record.args["path"], record.args["status"])}
        return super().format(private)


def private_words(record):
    """Return what `record` says, without any value that a person may have typed."""
    if record.name == "django.server":
        return _request_line(record)
    words = _own_words(record) if record.name.startswith("django") else record.getMessage()
    return f"{words}: {named(record.exc_info[1])}" if _is_of_an_outage(record) else words


def _is_of_an_outage(record):
    return bool(record.exc_info) and is_outage(record.exc_info[1])


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
