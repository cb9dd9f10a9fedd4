"""A way to a server on loopback that can swallow everything: neither data nor an end comes through."""

import socket
import threading
from contextlib import suppress


class TcpProxy:
    """Listens on `port` and passes everything on to `target`, an address; not between freeze and thaw."""

    def __init__(self, target):
        self._target = target
        self._asks, self._answers = threading.Event(), threading.Event()
        self.thaw()
        self._sockets = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)

    def freeze(self):
        self._asks.clear()
        self._answers.clear()

    def lose_answers(self):
        self._answers.clear()

    def thaw(self):
        self._asks.set()
        self._answers.set()

    def end(self):
        self.thaw()
        for each in (self._listener, *self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _start(self, work, *arguments):
        threading.Thread(target=work, args=arguments, daemon=True).start()

    def _accept(self):
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()  # while frozen too: a client then waits for a greeting
                server = socket.create_connection(self._target)
                self._sockets += [client, server]
                self._start(self._pass_on, client, server, self._asks)
                self._start(self._pass_on, server, client, self._answers)

    def _pass_on(self, source, sink, flows):
        with suppress(OSError):
            while chunk := source.recv(65536):
                flows.wait()
                sink.sendall(chunk)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)
