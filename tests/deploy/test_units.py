"""The systemd units: readable, sandboxed, and each failure of a job reaches a person."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from tests.bench.site import free_port
from vtc_site.staff.roles import ROLES

pytestmark = pytest.mark.once
DEPLOY = settings.BASE_DIR / "docs" / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_each_service_has_little_that_it_could_harm(unit):
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=30", "--no-pager", unit]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-200:] + done.stderr


def test_every_path_in_a_unit_is_a_file_of_this_site():
    for unit in (DEPLOY / "systemd").iterdir():
        for path in re.findall(r"(?:=|file://)/srv/vtc/site/(\S+)", unit.read_text()):
            if not path.startswith((".venv", "var")):
                assert (settings.BASE_DIR / path).is_file(), (unit.name, path)


@pytest.mark.django_db
def test_owners_are_told_of_a_job_that_failed(mailoutbox):
    owner = User.objects.create_user("owner", "owner@vtc.example")
    owner.groups.add(Group.objects.get(name=ROLES["owner"].group))
    User.objects.create_user("editor", "editor@vtc.example")
    call_command("report_failure", "vtc-backup.service")
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (["owner@vtc.example"], "Website: vtc-backup.service failed")
    assert "journalctl --unit=vtc-backup.service" in mail.body


@pytest.mark.django_db
def test_a_failure_that_nobody_can_be_told_of_fails_itself():
    with pytest.raises(CommandError, match="no active staff account has the role owner"):
        call_command("report_failure", "vtc-backup.service")


@pytest.fixture
def systemd(tmp_path):
    """A socket such as systemd hands to a service; what it hears is read with recv()."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(20)
        yield heard


@pytest.fixture
def watchdog(systemd):
    """Starts the watchdog of a port, as serve does."""
    started = []

    def start(port):
        environment = os.environ | {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "600000"}
        command = [sys.executable, Path(settings.BASE_DIR) / ".ci" / "watchdog.py", "127.0.0.1", str(port)]
        started.append(subprocess.Popen(command, env=environment))

    yield start
    for each in started:
        each.kill()
        each.wait()


def test_systemd_hears_from_a_site_that_answers_whatever_it_says(systemd, watchdog, tmp_path):
    port = free_port()
    watchdog(port)
    server = subprocess.Popen(
        [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"],
        cwd=tmp_path,
        stderr=subprocess.DEVNULL,
    )
    assert systemd.recv(100) == b"READY=1\nWATCHDOG=1"  # its answers are 404
    assert systemd.recv(100) == b"WATCHDOG=1"
    server.kill()
    server.wait()


def test_systemd_hears_nothing_of_a_site_that_hangs(systemd, watchdog):
    with socket.socket() as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen()
        watchdog(hanging.getsockname()[1])
        hanging.accept()[0].close()  # it has asked
        hanging.accept()[0].close()  # and asked again, so it was not content
        systemd.setblocking(False)
        with pytest.raises(BlockingIOError):
            systemd.recv(100)
