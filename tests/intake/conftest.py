"""Fixtures of the intake tests: a real SMTP server on loopback."""

import pytest
from aiosmtpd.controller import Controller


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


@pytest.fixture
def postbox(settings):
    """A mail server on loopback that the site is set to use."""
    box = Postbox()
    box.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = box.hostname, box.port
    yield box
    box.stop()
