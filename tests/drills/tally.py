"""Sends messages through a fault and counts what became of them. For the drills beside it."""

import http.client
import json
import re
import secrets
import threading
import time
from collections import Counter
from itertools import count
from urllib.parse import urlencode

from tests.drills.slow_clients import run_python

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PEOPLE = 4  # who write at the same time
BYTES = 3000  # of a message, that no compression makes shorter
MOST_LINES = 5
WAIT_SECONDS = 90  # in which an operator must be told: the proof is made once a minute
STORED = """
from intake.models import Submission
for row in Submission.objects.only("message").iterator():
    print(row.message.split()[1])
"""


class Senders:
    """People who write until the block ends; `send` takes a body and returns status and page."""

    def __init__(self, send):
        self._send, self._numbers, self._is_over = send, count(), threading.Event()
        self.acknowledged, self.answers, self.seconds = set(), Counter(), [0]

    def __enter__(self):
        self._is_over.clear()
        self._people = [threading.Thread(target=self._write) for _ in range(PEOPLE)]
        for person in self._people:
            person.start()
        return self

    def __exit__(self, *error):
        self._is_over.set()
        for person in self._people:
            person.join()

    def _write(self):
        while not self._is_over.wait(0.1):
            self.send_one()

    def send_one(self):
        """Send a message that nobody sent before, and note what its sender was told; return the status."""
        number = next(self._numbers)
        text = f"drill {number} {secrets.token_urlsafe(BYTES)}"
        begun = time.monotonic()
        try:
            status, page = self._send(urlencode({"phone": "818 555 0100", "message": text}))
        except (OSError, http.client.HTTPException) as error:
            status, page = type(error).__name__, ""
        self.seconds.append(time.monotonic() - begun)
        if status == 303:
            self.acknowledged.add(number)
        self.answers[f"{status} with the text" if text in page else status] += 1
        return status

    def lost(self, site):
        """Print what was told and stored; return how many acknowledged messages are not in the database."""
        stored = Counter(int(number) for number in run_python(site, STORED).split())
        missing = len(self.acknowledged - stored.keys())
        print(
            f"  acknowledged {len(self.acknowledged)}, stored {stored.total()}, lost {missing},"
            f" stored twice {stored.total() - len(stored)}, longest wait {max(self.seconds):.1f} s;"
            f" answers {dict(self.answers)}"
        )
        return missing


def post(port):
    """Return the function that sends a body straight to the site at `port`."""

    def send(body):
        answer = _ask(port, "POST", "/contact/", body, FORM)
        return answer.status, answer.page

    return send


def _ask(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer.page = answer.read().decode(errors="replace")
        return answer
    finally:
        connection.close()


def told(port):
    """Return the status of /healthz/ and its reasons, as the machine itself gets them."""
    answer = _ask(port, "GET", "/healthz/")
    return answer.status, " ".join(json.loads(answer.page)["reasons"])


def tell_log(site):
    """Print what an operator finds in the log of the site: each warning once, with how often it is there."""
    lines = (site.folder / "server.log").read_text(errors="replace").splitlines()
    found = Counter(line.partition(" ")[2] for line in lines if re.match(r"\S+Z (WARNING|ERROR) ", line))
    for text, times in found.most_common(MOST_LINES):
        print(f"  the log says {times} times: {text[:150]}")


def status(port, path):
    return _ask(port, "GET", path).status


def until_told(port, wanted):
    """Wait until /healthz/ answers `wanted`; print how long and with which reasons; say whether it did."""
    begun = time.monotonic()
    while (found := told(port))[0] != wanted and time.monotonic() - begun < WAIT_SECONDS:
        time.sleep(0.5)
    print(f"  /healthz/ says {found[0]} after {time.monotonic() - begun:.0f} s: {found[1] or 'no reason'}")
    return found[0] == wanted
