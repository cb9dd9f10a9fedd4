"""What ends a wait for PostgreSQL is switched on; test_hanging_database.py shows what it is good for."""

import io
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from intake import database_timeouts
from vtc_site import environment

pytestmark = pytest.mark.once


def test_the_web_server_limits_its_waits():
    code = "import vtc_site.wsgi, psycopg2.extensions as p; print(p.get_wait_callback(), flush=True)"
    command = [sys.executable, "-c", f"{code}; import os; os._exit(0)"]  # its threads would go on
    process = os.environ | {"DATABASE_URL": "sqlite://:memory:"}
    answer = subprocess.run(
        command, env=process, capture_output=True, text=True, cwd=settings.BASE_DIR, check=True
    )
    assert answer.stdout.startswith("<function _wait")


def test_the_separate_sender_limits_its_waits(monkeypatch, db):
    switched_on = []
    monkeypatch.setattr(database_timeouts, "limit", lambda: switched_on.append(True))
    call_command("send_notifications", "--once", stdout=io.StringIO())
    assert switched_on


def test_limit_of_one_answer_ends_with_it():
    @database_timeouts.end_within(5)
    def answer():
        return database_timeouts._thread.end

    assert answer() and not hasattr(database_timeouts._thread, "end")


def test_connection_notices_a_host_that_is_gone_unless_the_address_says_otherwise(settings):
    options = environment.database("postgres://u:p@db/x?connect_timeout=9", settings.BASE_DIR)["OPTIONS"]
    assert options["connect_timeout"] == 9
    assert options["keepalives_idle"] + options["keepalives_interval"] * options["keepalives_count"] < 30
    assert options["tcp_user_timeout"] < 30_000
