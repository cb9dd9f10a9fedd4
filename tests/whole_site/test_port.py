"""A port that cannot be listened on is named, with another one that can be tried. See .ci/check_port.py."""

import socket
import subprocess
import sys

import pytest
from django.conf import settings

from tests.bench.site import free_port

pytestmark = pytest.mark.once


def check(port, address="127.0.0.1"):
    command = [sys.executable, settings.BASE_DIR / ".ci/check_port.py", address, str(port), "serve"]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stderr


def test_a_port_that_somebody_else_has_is_told_in_words():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert check(port) == (
            1,
            f"The site cannot listen on 127.0.0.1, port {port}: Address already in use.\n"
            f"Choose another one, such as: make serve PORT={port % 65535 + 1}\n",
        )


@pytest.mark.parametrize("port", ["", "none", "0", "70000"])
def test_what_is_no_port_is_told_in_words(port):
    status, words = check(port)
    assert status == 1 and words.startswith(f"PORT={port} is not a port.")


def test_a_free_port_is_met_with_silence():
    assert check(free_port()) == (0, "")
