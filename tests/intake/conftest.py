"""Fixtures of the intake tests: a real SMTP server on loopback, and a process that remembers nothing."""

import logging

import pytest

from intake.models import IntakeSettings, KeyCheck
from intake.outbox import delivery
from tests.intake.mail_box import Postbox

logging.getLogger("mail.log").setLevel(logging.WARNING)


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
    monkeypatch.setattr(delivery._process, "taken", {})
    monkeypatch.setattr(delivery._process, "beat", None)
    monkeypatch.setattr(IntakeSettings, "_seen_last", None)
    monkeypatch.setattr(KeyCheck, "_proved_keys", None)
