"""The desk of the sign-in's emails, worked off when a test says so."""

import pytest

from vtc_site.sign_in import desk as sign_in_desk


class Desk:
    """Stands in for the thread."""

    def __init__(self):
        self.waiting = []

    def submit(self, work, *args):
        self.waiting.append((work, args))

    def work_off(self, monkeypatch):
        monkeypatch.setattr(sign_in_desk.connection, "close", lambda: None)  # it is the test's own
        for work, args in self.waiting:
            work(*args)


@pytest.fixture
def desk(monkeypatch):
    desk = Desk()
    monkeypatch.setattr(sign_in_desk, "_desk", desk)
    return desk
