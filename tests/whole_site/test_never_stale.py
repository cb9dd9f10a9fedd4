"""The short form of the drill tests/bench/never_stale.py: two real servers, an edit of each kind."""

import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.once


def test_two_servers_are_never_older_than_the_last_save():
    command = [sys.executable, "-m", "tests.bench.never_stale", "2"]
    result = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert "2 edits, 2 servers: 0 answers were older" in result.stdout, result.stdout + result.stderr
