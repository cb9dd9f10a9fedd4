"""`make run` is the site as a server runs it: production server, DEBUG off, mail in files, two names."""

import http.client
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.bench.site import free_port

pytestmark = pytest.mark.once
WITHIN_SECONDS = 90
NOT_COPIED = shutil.ignore_patterns("var", ".venv", ".env", ".git", "__pycache__", "tests", "docs")
OLD_ENV = """\
DEBUG=True
SITE_URL=http://127.0.0.1:8000
SECRET_KEY=an-old-key
FIELD_ENCRYPTION_KEYS=dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdDA=
"""


def trial_settings(folder, *, port="8000", bind="127.0.0.1", debug="False", **environment):
    """Return the settings that .ci/trial_settings.py prints in `folder`."""
    command = [sys.executable, settings.BASE_DIR / ".ci/trial_settings.py", port, bind, debug]
    clean = {"PATH": os.environ["PATH"]} | environment
    found = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=True)
    return dict(line.split("=", 1) for line in found.stdout.splitlines())


def test_the_first_trial_writes_private_settings(tmp_path):
    found = trial_settings(tmp_path)
    env = tmp_path / ".env"
    assert env.stat().st_mode & 0o777 == 0o600
    for line in ("DEBUG=False", "STAFF_SECOND_FACTOR=False", "EMAIL_URL=filemail:///var/mail"):
        assert line in env.read_text().splitlines()
    assert found["SITE_URL"] == "http://127.0.0.1:8000"
    assert found["ALLOWED_HOSTS"] == "127.0.0.1,localhost,[::1]"


def test_an_old_env_file_is_left_alone_and_runs_without_debug(tmp_path):
    (tmp_path / ".env").write_text(OLD_ENV)
    found = trial_settings(tmp_path, port="9000")
    assert (tmp_path / ".env").read_text() == OLD_ENV
    assert (found["DEBUG"], found["STAFF_SECOND_FACTOR"]) == ("False", "False")
    assert found["EMAIL_URL"] == "filemail:///var/mail"
    assert found["SITE_URL"] == "http://127.0.0.1:9000"


def test_what_somebody_chose_stays(tmp_path):
    chosen = {"EMAIL_URL": "smtp://127.0.0.1:2525", "SITE_URL": "https://vtc.example", "DEBUG": "False"}
    (tmp_path / ".env").write_text(OLD_ENV.replace("http://127.0.0.1:8000", chosen["SITE_URL"]))
    found = trial_settings(tmp_path, debug="True", EMAIL_URL=chosen["EMAIL_URL"])
    assert found == found | chosen | {"DEBUG": "True"}


def test_in_a_network_the_address_is_named_and_the_second_factor_asked_for(tmp_path):
    trial_settings(tmp_path)
    found = trial_settings(tmp_path, bind="192.168.7.8")
    assert found["SITE_URL"] == "http://192.168.7.8:8000"
    assert found["STAFF_SECOND_FACTOR"] == "True"
    assert found["ALLOWED_HOSTS"].split(",") == ["127.0.0.1", "localhost", "[::1]", "192.168.7.8"]


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """Run a trial in a copy of the site; return its folder, its port and what it said."""
    folder, port = tmp_path_factory.mktemp("trial") / "site", free_port()
    shutil.copytree(settings.BASE_DIR, folder, ignore=NOT_COPIED)
    (folder / ".venv").symlink_to(settings.BASE_DIR / ".venv")
    place = {"PATH": os.environ["PATH"], "PORT": str(port), "BIND": "127.0.0.1", "WORKERS": "1"}
    log = folder / "said"
    with log.open("wb") as file:
        process = subprocess.Popen([folder / ".ci/try-site"], env=place, stdout=file, stderr=file)
    wait_until(lambda: "Started worker-1" in log.read_text(), log)
    yield folder, port, log.read_text()
    process.terminate()
    process.wait(timeout=WITHIN_SECONDS)


def wait_until(happened, log):
    until = time.monotonic() + WITHIN_SECONDS
    while not happened():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.1)


def ask(port, path, *, host="localhost", **fields):
    """Return the answer and its text; with `fields` as a form that was sent from the site itself."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=WITHIN_SECONDS)) as connection:
        headers = {"Host": f"{host}:{port}", "Origin": f"http://{host}:{port}"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST" if fields else "GET", path, urlencode(fields) or None, headers)
        answer = connection.getresponse()
        return answer, answer.read().decode()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_pages_are_served_as_in_production(trial, host):
    answer, page = ask(trial[1], "/withdrawal/", host=host)
    assert answer.status == 200 and "s-maxage" in answer.headers["Cache-Control"]
    assert len(re.findall(r'rel="stylesheet" href="/static/css/\w+\.[0-9a-f]{12}\.css"', page)) == 2


def test_a_wrong_address_gets_our_page(trial):
    answer, page = ask(trial[1], "/no-such-page/")
    assert answer.status == 404 and "<h1>This page is not here.</h1>" in page


def test_a_message_from_localhost_is_ours_and_its_notice_is_a_file(trial):
    folder, port, _ = trial
    answer, _ = ask(port, "/contact/", reason="question", phone="714 555 0123", message="Please call.")
    assert answer.status == 303
    wait_until(lambda: list((folder / "var/mail").glob("*")), folder / "said")
    with closing(sqlite3.connect(folder / "var/db.sqlite3")) as database:
        assert ("same",) in database.execute("SELECT origin FROM intake_submission").fetchall()


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_a_message_in_chunks_is_stored(trial, size):
    folder, port, _ = trial
    fields = {"phone": "714 555 0123", "message": f"In chunks of {size}: " + "canary " * 40}
    body = urlencode(fields).encode()
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    head = f"POST /contact/ HTTP/1.1\r\nHost: localhost:{port}\r\nTransfer-Encoding: chunked\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=WITHIN_SECONDS) as connection:
        connection.sendall(head.encode())
        for chunk in (*chunks, b""):
            connection.sendall(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        assert connection.makefile("rb").readline().split()[1] == b"303"
    with closing(sqlite3.connect(folder / "var/db.sqlite3")) as database:
        texts = database.execute("SELECT COUNT(*) FROM intake_submission WHERE message != ''")
        assert texts.fetchone()[0] >= 1


def test_the_owner_is_told_how_to_sign_in(trial):
    assert re.search(r"Sign-in: owner@example.com\nOne-time password: (?:-?[2-9a-z]{4}){4}\n", trial[2])
