"""Mail servers that misbehave: nothing is lost, nothing goes out twice unless the server hid its answer."""

import socketserver
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from intake.models import Notification
from intake.models.outbox import lease
from intake.outbox import delivery
from tests.support.messages import stored_message
from tests.support.staff import make_staff

GREETING = b"220 hello\r\n"


class BadServer(socketserver.ThreadingTCPServer):
    """Speaks just enough SMTP to fail at a chosen moment; counts the mails whose text it has read."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, failing_at):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.failing_at = failing_at
        self.texts = []
        self.let_go = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def end(self):
        self.let_go.set()
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        if self.server.failing_at == "greeting":
            self.server.let_go.wait()
            return
        self.wfile.write(GREETING)
        for line in self.rfile:
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self.take_text()
                if self.server.failing_at == "drop after the text":
                    return
            if verb == b"QUIT" and self.server.failing_at == "quit":
                self.server.let_go.wait()
            self.wfile.write(b"250 OK\r\n" if verb != b"QUIT" else b"221 bye\r\n")

    def take_text(self):
        self.wfile.write(b"354 go on\r\n")
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.texts.append(b"".join(lines).decode())


@pytest.fixture
def bad_server(settings, request):
    server = BadServer(request.param)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.EMAIL_TIMEOUT = 0.3
    yield server
    server.end()


@pytest.mark.django_db
@pytest.mark.parametrize("bad_server", ["greeting"], indirect=True)
def test_server_that_hangs_is_given_up_within_the_lease(bad_server):
    make_staff()
    stored_message()
    began = timezone.now()
    assert delivery.deliver_due() == 0
    assert timezone.now() - began < lease()
    assert Notification.objects.get().last_error in ("TimeoutError", "SMTPServerDisconnected")


@pytest.mark.django_db
@pytest.mark.parametrize("bad_server", ["drop after the text"], indirect=True)
def test_mail_is_sent_again_with_its_message_id_when_the_server_drops_the_line_after_the_text(bad_server):
    make_staff()
    stored_message()
    assert delivery.deliver_due() == 0
    Notification.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    bad_server.failing_at = None
    assert delivery.deliver_due() == 1
    first, second = bad_server.texts
    wanted = f"Message-ID: <{Notification.objects.get().mail_key}@testserver>"
    assert wanted in first and wanted in second


@pytest.mark.django_db
@pytest.mark.parametrize("bad_server", ["quit"], indirect=True)
def test_mail_counts_as_sent_when_the_server_hangs_after_it_took_it(bad_server):
    make_staff()
    stored_message()
    assert delivery.deliver_due() == 1
    assert Notification.objects.get().sent_at
    assert len(bad_server.texts) == 1


@pytest.mark.django_db(transaction=True)
def test_every_notice_goes_out_once_when_four_processes_deliver_at_once(postbox, monkeypatch):
    monkeypatch.setattr(delivery, "FREE_PER_HOUR", 1000)
    make_staff()
    for number in range(30):
        stored_message(message=f"number {number}")
    start = threading.Barrier(4)

    def deliver():
        start.wait()
        delivery.deliver_due()
        connection.close()

    workers = [threading.Thread(target=deliver) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(postbox.mails) == len(set(postbox.message_ids)) == 30
    assert set(Notification.objects.values_list("attempts", flat=True)) == {1}
