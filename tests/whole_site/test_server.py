"""The server outlives workers that die, but not that none can start. See .ci/server.py."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

from tests.bench.site import family, free_port

pytestmark = pytest.mark.once
WORKS = "def application(environ, start): start('200 OK', []); return [b'']"


@pytest.fixture
def serve(tmp_path):
    """Starts a server with two workers of the code that it is given."""
    started = []

    def start(code):
        (tmp_path / "code_of_test.py").write_text(code)
        options = ["--interface", "wsgi", "--workers", "2", "--port", str(free_port()), "--no-ws"]
        command = [sys.executable, settings.BASE_DIR / ".ci/server.py", *options]
        command += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "code_of_test:application"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, cwd=tmp_path, **quiet)
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.wait(20)


def workers(process, *, without=()):
    """Return the numbers of its two workers, once there are two and none is of `without`."""
    while True:
        found = set(family(process)[1:])
        if process.poll() is not None:
            return set()
        if len(found) == 2 and not found & set(without):
            return found
        time.sleep(0.01)


def test_a_worker_that_is_killed_twice_within_seconds_leaves_the_other_alone(serve):
    process = serve(WORKS)
    other = workers(process).pop()
    for _ in range(3):
        victim = next(iter(workers(process) - {other}))
        os.kill(victim, signal.SIGKILL)
        assert other in workers(process, without=[victim])


def test_workers_that_can_never_start_end_the_server(serve):
    assert serve("import os; os._exit(1)").wait(20) == 1
