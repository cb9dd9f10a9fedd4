"""The thread of the sign-in's emails, worked off when a test says so."""

import pytest

from vtc_site.sign_in import background_mail


class MailThread:
    """Stands in for the thread."""

    def __init__(self):
        self.waiting = []

    def submit(self, work, *args):
        self.waiting.append((work, args))

    def work_off(self, monkeypatch):
        monkeypatch.setattr(background_mail.connection, "close", lambda: None)  # it is the test's own
        for work, args in self.waiting:
            work(*args)


@pytest.fixture
def mail_thread(monkeypatch):
    mail_thread = MailThread()
    monkeypatch.setattr(background_mail, "_thread", mail_thread)
    return mail_thread
