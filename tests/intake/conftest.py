"""Fixtures of the intake tests: a real SMTP server on loopback, and a process that remembers nothing."""

import logging

import pytest
from aiosmtpd.controller import Controller

from intake import notifications
from intake.models import IntakeSettings, KeyCheck

logging.getLogger("mail.log").setLevel(logging.WARNING)


class Postbox(Controller):
    """Keeps every mail it takes; `answer` is what it says after the text of one."""

    def __init__(self, port=0):
        super().__init__(self, hostname="127.0.0.1", port=port)
        self.mails = []
        self.answer = "250 OK"

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]  # port 0 is any free port
        super()._trigger_server()

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.mails.append(envelope)
        return self.answer

    def start_again(self):
        """Listen on the same port after stop(); return the new server."""
        again = Postbox(self.port)
        again.start()
        return again

    @property
    def message_ids(self):
        lines = [line for mail in self.mails for line in mail.content.decode().splitlines()]
        return [line.removeprefix("Message-ID: ") for line in lines if line.startswith("Message-ID: ")]


@pytest.fixture
def postbox(settings):
    """A mail server on loopback that the site is set to use."""
    box = Postbox()
    box.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = box.hostname, box.port
    yield box
    if box._thread:
        box.stop()


@pytest.fixture(autouse=True)
def process_without_memory(monkeypatch):
    """Every test is a process of its own: nothing read, sent or proved before."""
    monkeypatch.setattr(notifications._process, "taken", {})
    monkeypatch.setattr(notifications._process, "beat", None)
    monkeypatch.setattr(IntakeSettings, "_seen_last", None)
    monkeypatch.setattr(KeyCheck, "_proved_keys", None)
