"""The short form of the drill in tests/drills/kills.py, in a process of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

MESSAGES = 1500


@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_every_acknowledged_message_is_stored_once_and_told_whatever_is_killed(tmp_path):
    environment = {name: text for name, text in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment["DATABASE_URL"] = database_of_its_own(tmp_path)
    command = [sys.executable, "-m", "tests.drills.kills", "--messages", str(MESSAGES), "--seed", "20270101"]
    drill = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert drill.returncode == 0, drill.stdout + drill.stderr[-2000:]


def database_of_its_own(folder):
    """Return the address of an empty database: a file, or one beside the tests' own."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder}/kills.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS kills")
        cursor.execute("CREATE DATABASE kills")
    return os.environ["DATABASE_URL"].rpartition("/")[0] + "/kills"
