"""Log lines that cannot carry what a person typed. Used by LOGGING in settings.py.

Django logs paths, hosts and exception messages; each of them can hold a name or a message. The formatter
keeps what an operator needs (logger, level, kind of error, file and line) and drops every value.
"""

import logging
import traceback


class PrivateFormatter(logging.Formatter):
    """Time, level, logger, message; for Django's own loggers the message without its values."""

    def __init__(self, *args, **kwargs):
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record):
        private = logging.makeLogRecord(record.__dict__)
        private.exc_text = None
        if record.name == "django.server":
            private.msg, private.args = _request_line(record), ()
        elif record.name.startswith("django"):
            private.msg, private.args = str(record.msg).split(":")[0].split("%")[0].strip(), ()
        return super().format(private)

    def formatException(self, exc_info):
        """Return the exception's type and the places it passed, without its message."""
        kind, _, trace = exc_info
        places = [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__}", *places])


def _request_line(record):
    """Return method and status of a request to the development server, never its address."""
    line, status = (str(record.args[0]), record.args[1]) if len(record.args or ()) > 1 else ("-", "-")
    method, _, rest = line.partition(" ")
    path = rest.split(" ")[0].split("?")[0]
    return f"{method} {path if path.startswith('/static/') else '/…'} {status}"
