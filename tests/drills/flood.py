"""Buries a few real messages in junk; then none may be missing, mixed up with junk, or untold.

Run as `python -m tests.drills.flood --junk 10000`; tests/intake/receiving/test_flood.py runs a short form.
"""

import argparse
import tempfile
from dataclasses import dataclass

REAL_EVERY = 100  # one real message among so many
LINKS = "http://a.example http://b.example http://c.example"


@dataclass
class Report:
    junk: int
    real: int
    stored: int
    real_among_the_messages: int
    junk_among_the_messages: int
    notices: int

    def is_kept(self):
        is_all_stored = self.stored == self.notices == self.junk + self.real
        is_sorted = self.real_among_the_messages == self.real and self.junk_among_the_messages == 0
        return is_all_stored and is_sorted

    def __str__(self):
        return (
            f"{self.junk} junk and {self.real} real messages: {self.stored} stored, {self.notices} notices, "
            f"in the staff's list {self.real_among_the_messages} real and {self.junk_among_the_messages} junk"
        )


def run(junk):
    """Send it all through the site, in this process, and count what staff see."""
    from django.test import Client

    from intake.models import Notification, Submission

    client, real = Client(), 0
    for number in range(junk):
        post(client, f"junk {number} {LINKS}", address="203.0.113.5")
        if number % REAL_EVERY == 0:
            post(client, f"real {number}", address=f"198.51.100.{number // REAL_EVERY % 250}")
            real += 1
    messages = Submission.objects.exclude(status=Submission.Status.SPAM).values_list("message", flat=True)
    return Report(
        junk=junk,
        real=real,
        stored=Submission.objects.count(),
        real_among_the_messages=sum(text.startswith("real") for text in messages),
        junk_among_the_messages=sum(text.startswith("junk") for text in messages),
        notices=Notification.objects.count(),
    )


def post(client, message, *, address):
    answer = client.post("/contact/", {"phone": "818 555 0100", "message": message}, REMOTE_ADDR=address)
    assert answer.status_code == 303, answer.status_code


def main():
    from tests.drills import kills

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--junk", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vtc-drill-") as folder:
        kills.prepare(folder, mail_port=1, host="testserver")
        report = run(options.junk)
    print(report)
    raise SystemExit(0 if report.is_kept() else 1)


if __name__ == "__main__":
    main()
