"""Requests to a WSGI application without a server, for the tests of what stands in front of Django."""

from io import BytesIO


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.body = int(status[:3]), body
        self.headers = {name.lower(): value for name, value in headers}

    @property
    def text(self):
        return self.body.decode()


def ask(application, path, method="GET", environ=(), **headers):
    """Return the Reply to a request of `path`, which may carry a query; `if_none_match="x"` is a header."""
    extra = dict(environ)
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    environ |= extra
    told = []
    answer = application(environ, lambda status, sent, exc_info=None: told.append((status, sent)))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return Reply(*told[-1], body)
