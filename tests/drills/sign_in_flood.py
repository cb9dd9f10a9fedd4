"""Floods the sign-in while people read pages and send messages; prints how long they wait, and the memory.

Run as `python -m tests.drills.sign_in_flood`, with or without `.ci/with-postgresql`. Everything is on
loopback and thrown away afterwards. No proxy stands in front: what nginx would slow down reaches the
application here.
"""

import http.client
import re
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.site import Site, family
from tests.drills.kills import database_of_its_own
from tests.drills.slow_clients import COUNT, run_python
from tests.drills.tally import tell_log, told

TRIES_AT_ONCE, ROUNDS, READERS = 64, 5, 2
MAX_PAGE_SECONDS, MAX_MESSAGE_SECONDS, MAX_REFUSAL_SECONDS, MAX_MEBIBYTES = 0.3, 1, 1, 600
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Report:
    answers: Counter
    page_p99: float
    longest_message: float
    longest_refusal: float
    mebibytes: int
    mebibytes_before: int
    acknowledged: int
    stored: int = 0

    @property
    def lost(self):
        return max(0, self.acknowledged - self.stored)

    def is_kept(self):
        return (
            self.page_p99 < MAX_PAGE_SECONDS
            and self.longest_message < MAX_MESSAGE_SECONDS
            and self.longest_refusal < MAX_REFUSAL_SECONDS
            and self.mebibytes < MAX_MEBIBYTES
            and not self.lost
        )

    def __str__(self):
        answers = ", ".join(f"{count} × {status}" for status, count in sorted(self.answers.items()))
        return (
            f"{TRIES_AT_ONCE} sign-in tries at once, {ROUNDS} times ({answers}): page p99 "
            f"{1000 * self.page_p99:.0f} ms, longest message {1000 * self.longest_message:.0f} ms, "
            f"longest 429 {1000 * self.longest_refusal:.0f} ms, memory of two workers {self.mebibytes} MiB "
            f"at most, {self.mebibytes_before} MiB before; messages: acknowledged "
            f"{self.acknowledged}, stored {self.stored}, lost {self.lost}"
        )


def ask(port, method, path, body=None, **headers):
    """Return status, headers, text and seconds of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
    began = time.perf_counter()
    try:
        connection.request(method, path, body, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        return answer.status, answer.headers, text, time.perf_counter() - began
    finally:
        connection.close()


def guess(port, number, start):
    """Try one wrong password when all others do; return status and seconds."""
    _, headers, text, _ = ask(port, "GET", "/admin/login/")
    cookie = headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
    typed = {
        "csrfmiddlewaretoken": token,
        "username": f"n{number}@vtc.example",
        "password": f"guess {number}",
    }
    start.wait(timeout=90)
    status, _, _, seconds = ask(port, "POST", "/admin/login/", urlencode(typed), Cookie=cookie, **FORM)
    return status, seconds


def read_pages(port, end, waits):
    while not end.is_set():
        status, _, _, seconds = ask(port, "GET", "/overdose-help/")
        assert status == 200, status
        waits.append(seconds)


def send_messages(port, end, waits):
    while not end.is_set():
        body = urlencode({"phone": "818 555 0100", "message": f"drill {len(waits)}"})
        status, _, _, seconds = ask(port, "POST", "/contact/", body, **FORM)
        assert status == 303, status
        waits.append(seconds)
        end.wait(0.2)


def watch_memory(server, end, figures):
    while not end.wait(0.1):
        figures.append(sum(_kibibytes(process) for process in family(server)) // 1024)


def _kibibytes(process):
    """Return the memory of a process; what several share is counted once in all of them together."""
    with suppress(OSError):
        return int(re.search(r"Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text())[1])
    return 0


def run(port, server):
    """Flood the sign-in and return what everybody else noticed of it."""
    end, pages, messages, memory = threading.Event(), [], [], []
    jobs = [(read_pages, port, end, pages)] * READERS
    jobs += [(send_messages, port, end, messages), (watch_memory, server, end, memory)]
    with ThreadPoolExecutor(TRIES_AT_ONCE + len(jobs)) as pool:
        beside = [pool.submit(*job) for job in jobs]
        tries = []
        for _ in range(ROUNDS):
            start = threading.Barrier(TRIES_AT_ONCE)
            tries += pool.map(guess, [port] * TRIES_AT_ONCE, range(TRIES_AT_ONCE), [start] * TRIES_AT_ONCE)
        end.set()
        for job in beside:
            job.result()
    return Report(
        answers=Counter(status for status, _ in tries),
        page_p99=sorted(pages)[int(len(pages) * 0.99)],
        longest_message=max(messages),
        longest_refusal=max((seconds for status, seconds in tries if status == 429), default=0),
        mebibytes=max(memory),
        mebibytes_before=memory[0],
        acknowledged=len(messages),
    )


def main():
    with (
        tempfile.TemporaryDirectory(prefix="vtc-drill-") as folder,
        Site(folder, database_url=database_of_its_own(folder), is_collected=False) as site,
    ):
        server, _ = site.serve(workers=2)
        report = run(site.port, server)
        status, reasons = told(site.port)
        report.stored = int(run_python(site, COUNT).split()[0])
        print(report)
        print(f"  /healthz/ says {status}: {reasons or 'no reason'}")
        tell_log(site)
    raise SystemExit(0 if report.is_kept() else 1)


if __name__ == "__main__":
    main()
