"""Days without a mail server, in simulated time, round by round as the thread works; counts what is left.

Run as `python -m tests.drills.outage`; tests/intake/outbox/test_outage.py lets more go wrong.
"""

import argparse
import logging
import random
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MAX_MAILS_AN_HOUR = 20


class Days:
    """A site whose thread makes a round now and then while messages come; its clock moves only when told."""

    def __init__(self, monkeypatch):
        from intake.outbox.canary import want_daily
        from vtc_site.background import JOBS, BackgroundThread

        # The same hour of the same weekday each time: when alarms are due depends on it.
        morning = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
        self._began, self._passed = morning + timedelta(days=7 - morning.weekday()), timedelta()
        jobs = [job for job in JOBS if job.run is not want_daily]  # only people's messages are counted
        self._thread = BackgroundThread(jobs=jobs, clock=lambda: self._worked_seconds)
        self._worked_seconds = 0  # the thread has a clock of its own, which never jumps
        self._chance, self.stored = random.Random(72), 0
        monkeypatch.setattr(timezone, "now", self.now)
        monkeypatch.setattr("vtc_site.background.close_old_connections", lambda: None)  # a test's transaction

    def now(self):
        return self._began + self._passed

    def jump(self, by):
        self._passed += by

    def run(self, *, every, messages=0, **duration):
        """Make a round `every` so often; `messages` arrive, each at a time that chance decides."""
        from tests.support.messages import stored_message

        rounds = timedelta(**duration) // every
        arrivals = Counter(self._chance.randrange(rounds) for _ in range(messages))
        for number in range(rounds):
            for _ in range(arrivals[number]):
                self.stored += 1
                stored_message(message=f"number {self.stored}")
            self._thread.run_jobs()
            self._passed += every
            self._worked_seconds += every.total_seconds()


def most_mails_in_an_hour():
    from intake.models import Notification

    sent = Notification.objects.exclude(sent_at=None)
    times = sorted({row.mail_key: row.sent_at for row in sent}.values())
    return max(sum(start <= at < start + HOUR for at in times) for start in times)


@dataclass
class Report:
    hours: int
    messages: int
    untold_at_the_end: int  # of the outage
    rows: int
    untold: int
    mails: int
    doubled_mails: int
    most_an_hour: int

    def is_kept(self):
        is_told = self.rows == self.messages and not self.untold and not self.doubled_mails
        return is_told and self.untold_at_the_end > 0 and self.most_an_hour <= MAX_MAILS_AN_HOUR

    def __str__(self):
        return (
            f"{self.hours} h without mail: {self.messages} messages, missing or too many rows "
            f"{abs(self.messages - self.rows)}, alarm for {self.untold_at_the_end}; after recovery untold "
            f"{self.untold}, {self.mails} mails, sent twice {self.doubled_mails}, most in an hour "
            f"{self.most_an_hour} (limit {MAX_MAILS_AN_HOUR})"
        )


def run(days, postbox, hours):
    """Stop the mail server for so long, start it again, and count."""
    from intake.models import Notification, Submission
    from intake.outbox import delivery

    postbox.stop()
    days.run(hours=hours, every=10 * MINUTE, messages=2 * hours)
    days.jump(16 * MINUTE)
    untold = delivery.health()["untold"]
    again = postbox.start_again()
    try:
        days.run(hours=4, every=MINUTE, messages=60)
    finally:
        again.stop()
    return Report(
        hours=hours,
        messages=days.stored,
        untold_at_the_end=untold,
        rows=Submission.objects.count(),
        untold=Notification.objects.filter(sent_at=None).count(),
        mails=len(again.mails),
        doubled_mails=len(again.message_ids) - len(set(again.message_ids)),
        most_an_hour=most_mails_in_an_hour(),
    )


def main():
    from tests.drills import kills
    from tests.support.mail_server import Postbox

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=72)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    postbox = Postbox()
    postbox.start()
    with tempfile.TemporaryDirectory(prefix="vtc-drill-") as folder, pytest.MonkeyPatch.context() as patch:
        kills.prepare(folder, mail_port=postbox.port)
        report = run(Days(patch), postbox, options.hours)
    print(report)
    raise SystemExit(0 if report.is_kept() else 1)


if __name__ == "__main__":
    main()
