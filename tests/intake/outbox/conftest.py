"""A clock that tests of the outbox move."""

from datetime import timedelta

import pytest
from django.utils import timezone


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test moves: clock(hours=3)."""
    real_now, passed = timezone.now, timedelta()

    def move(**duration):
        nonlocal passed
        passed += timedelta(**duration)

    monkeypatch.setattr(timezone, "now", lambda: real_now() + passed)
    return move
