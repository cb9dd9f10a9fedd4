"""A mail server on loopback that keeps what it takes. For the fixture `postbox` and drills/outage.py."""

import logging

from aiosmtpd.controller import Controller

logging.getLogger("mail.log").setLevel(logging.WARNING)  # it names recipients, which ours may not


class Postbox(Controller):
    """Keeps every mail it takes; `answer` is what it says after the text of one, `refused` to an address."""

    def __init__(self, port=0):
        super().__init__(self, hostname="127.0.0.1", port=port)
        self.mails = []
        self.answer = "250 OK"
        self.refused = {}
        self.hangs_up_at = set()  # addresses
        self.senders = []  # what it says to the next ones at MAIL FROM; then it takes all

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]  # port 0 is any free port
        super()._trigger_server()

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = self.senders.pop(0) if self.senders else "250 OK"
        envelope.mail_from = address if answer.startswith("250") else None
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.hangs_up_at:
            server.transport.abort()
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

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

    @property
    def recipients(self):
        """Return the addresses of every mail, in the order they came."""
        return [address for mail in self.mails for address in mail.rcpt_tos]
