"""A mail server that comes and goes, and remembers every mail it took. Used by kills.py."""

import logging
import random
import threading
from collections import Counter
from email import message_from_bytes

from aiosmtpd.controller import Controller

logging.getLogger("mail.log").setLevel(logging.WARNING)  # it tells of every line that is said


class FlappingMailServer:
    """Up for a while, down for a while, refusing some mails, until `stay_up()`."""

    def __init__(self, seed):
        self._chance = random.Random(seed)
        self._is_flapping = True
        self._change = threading.Event()
        self._controller = self._listen(0)
        self.port = self._controller.port
        self.message_ids = Counter()
        self._thread = threading.Thread(target=self._flap, daemon=True)
        self._thread.start()

    async def handle_DATA(self, server, session, envelope):
        if self._is_flapping and self._chance.random() < 0.2:
            return "451 not now"
        self.message_ids[message_from_bytes(envelope.content)["Message-ID"]] += 1
        return "250 OK"

    def stay_up(self):
        """Take every mail from now on."""
        self._is_flapping = False
        self._change.set()
        self._thread.join()

    def end(self):
        self._controller.stop()

    def _flap(self):
        while self._is_flapping:
            self._change.wait(self._chance.uniform(1, 4))
            self._controller.stop()
            self._change.wait(self._chance.uniform(0.5, 2))
            self._controller = self._listen(self.port)

    def _listen(self, port):
        controller = Listener(self, hostname="127.0.0.1", port=port)
        controller.start()
        return controller


class Listener(Controller):
    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]  # port 0 is any free port
        super()._trigger_server()
