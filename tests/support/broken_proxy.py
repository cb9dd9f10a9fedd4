"""A proxy in front of the test server that fails as real ones do when a form is posted."""

import http.client
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PAGE = b"<!doctype html><title>%d</title><main><h1>Service unavailable</h1></main>"


class BrokenProxy(ThreadingHTTPServer):
    """Passes everything on to `target`; a POST gets `failure`.

    That is a status, "reset", "lose the answer", or "silent" (until `speaks_again` is set).
    """

    daemon_threads = True

    def __init__(self, target):
        super().__init__(("localhost", 0), _Passing)
        self.target, self.failure, self.posts = urlsplit(target), None, 0
        self.url = f"http://localhost:{self.server_port}"
        self.speaks_again = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def end(self):
        self.speaks_again.set()
        self.shutdown()
        self.server_close()


class _Passing(BaseHTTPRequestHandler):
    def do_GET(self):
        self._pass_on(None)

    def do_POST(self):
        self.server.posts += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        failure = self.server.failure
        if failure == "lose the answer":
            self._ask(body)
        if failure == "silent":
            self.server.speaks_again.wait()
            failure = None
        if failure in ("reset", "lose the answer"):
            reset = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
            self.close_connection = True
            self.connection.close()
        elif failure:
            self._answer(failure, [("Content-Type", "text/html")], PAGE % failure)
        else:
            self._pass_on(body)

    def _ask(self, body):
        connection = http.client.HTTPConnection(
            self.server.target.hostname, self.server.target.port, timeout=30
        )
        connection.request(self.command, self.path, body, dict(self.headers))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.getheaders(), content

    def _pass_on(self, body):
        self._answer(*self._ask(body))

    def _answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing: a test reads its own output."""
