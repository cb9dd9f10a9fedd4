"""Drives the Firefox of the system by Marionette, its own remote control: no driver program is needed."""

import json
import shutil
import socket
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

STARTS_WITHIN_SECONDS = 60
PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Firefox:
    """A headless Firefox with a fresh profile; close() ends it and removes the profile."""

    def __init__(self, **preferences):
        self._profile = Path(tempfile.mkdtemp(prefix="vtc-firefox-"))
        port = _free_port()
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});"
            for name, value in (PREFERENCES | preferences).items()
        ]
        lines.append(f'user_pref("marionette.port", {port});')
        (self._profile / "user.js").write_text("\n".join(lines))
        command = ["firefox", "--headless", "--marionette", "--no-remote", "--profile", str(self._profile)]
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        self._browser = subprocess.Popen(command, **quiet)
        self._wait_until_it_listens()
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=STARTS_WITHIN_SECONDS)
        self._read()  # it greets first
        self._count = 0
        self("WebDriver:NewSession", pageLoadStrategy="normal", acceptInsecureCerts=True)

    def _wait_until_it_listens(self):
        for line in self._browser.stdout:
            if b"Listening on port" in line:
                threading.Thread(
                    target=self._browser.stdout.read, daemon=True
                ).start()  # keeps the pipe empty
                return
        raise RuntimeError("Firefox did not start.")

    def __call__(self, command, **parameters):
        """Send a WebDriver command and return its answer."""
        self._count += 1
        text = json.dumps([0, self._count, command, parameters]).encode()
        self._socket.sendall(f"{len(text)}:".encode() + text)
        _, _, error, answer = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return answer.get("value") if isinstance(answer, dict) and "value" in answer else answer

    def _read(self):
        length = b""
        while not length.endswith(b":"):
            length += self._socket.recv(1)
        text = b""
        while len(text) < int(length[:-1]):
            text += self._socket.recv(65536)
        return json.loads(text)

    def close(self):
        with suppress(OSError, RuntimeError):
            self("Marionette:Quit", flags=["eForceQuit"])
        self._socket.close()
        self._browser.wait(timeout=STARTS_WITHIN_SECONDS)
        self._browser.stdout.close()
        shutil.rmtree(self._profile, ignore_errors=True)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
