"""The short form of the drill in tests/drills/kills.py, in a process and on a database of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

MESSAGES = {"sqlite": "200", "postgresql": "400"}  # the second has one more process to kill


@pytest.mark.alone
@pytest.mark.timeout(900)
def test_every_acknowledged_message_is_stored_once_and_told_whatever_is_killed():
    environment = {name: text for name, text in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    messages = MESSAGES[connection.vendor]
    command = [sys.executable, "-m", "tests.drills.kills", "--messages", messages, "--seed", "20270101"]
    drill = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert drill.returncode == 0 and ", 0 kills" not in drill.stdout, drill.stdout + drill.stderr[-2000:]
