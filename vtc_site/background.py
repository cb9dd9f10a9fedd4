"""What the site does beside its requests: JOBS, and the thread that runs them. Started by wsgi.py.

The command run_background runs the same JOBS in a process of its own.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections

from content.page_checks.dead_links import checking
from content.publishing import hand_over
from content.reminders import schedule
from intake import retention
from intake.failures import is_outage, named
from intake.outbox import canary as test_messages
from intake.outbox import danger_alarms, delivery, escalation, receipts, replies, wakeup
from intake.receiving import readiness
from intake.staff import claims, presence
from vtc_site import canary, health, storing_alarm
from vtc_site.sign_in import events, sessions

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 30  # between two rounds when nobody rings the bell
DAY = 24 * 3600
BREATH_SECONDS = 1  # after a round: a flood of messages makes one round a second, not one each


@dataclass(frozen=True)
class Job:
    """Something to do in every round, or at most every so many seconds in each process."""

    run: Callable
    every_seconds: int = 0


JOBS = (
    Job(readiness.renew),
    Job(readiness.watch_keys, every_seconds=readiness.EVERY_SECONDS),
    Job(storing_alarm.remember_owners, every_seconds=60),
    Job(storing_alarm.tell),
    Job(danger_alarms.repeat_due),
    Job(test_messages.want_daily, every_seconds=3600),
    Job(canary.send_wanted),
    Job(escalation.raise_due),
    Job(claims.release_idle),
    Job(presence.forget_expired),
    Job(delivery.deliver_due),
    Job(test_messages.conclude),
    Job(replies.deliver_due),
    Job(receipts.deliver_due),
    Job(delivery.sound_alarm, every_seconds=300),
    Job(retention.purge_daily),
    Job(health.log_warnings, every_seconds=3600),
    Job(sessions.forget_expired, every_seconds=DAY),
    Job(events.purge, every_seconds=DAY),
    Job(hand_over.tell_due),
    Job(schedule.send_due, every_seconds=3600),
    Job(checking.check_next),
)


class BackgroundThread:
    """One daemon thread for each process; a forked process starts its own."""

    def __init__(self, jobs=JOBS, pause_seconds=PAUSE_SECONDS, bell=wakeup.bell, clock=time.monotonic):
        self._jobs = jobs
        self._pause_seconds = pause_seconds
        self._bell = bell
        self._clock = clock
        self._end = threading.Event()
        self._next_run = {}  # job -> seconds of the clock before which it does not run again
        self._thread = None

    def start(self):
        """Start the thread; a second call changes nothing while it runs."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="background", daemon=True)
            self._thread.start()

    def stop(self):
        """End the thread after its round (tests; a web process just ends)."""
        self._end.set()
        self._bell.set()
        self._thread.join()

    def _run(self):
        self.run_jobs()
        while not self._end.wait(BREATH_SECONDS):
            self._bell.wait(self._pause_seconds)
            if not self._end.is_set():  # else the bell keeps ringing for a second thread
                self._bell.clear()
                self.run_jobs()

    def run_jobs(self):
        """Run every job that is due. None may end the thread: it must be there when the database is back.

        While it is away the first one that asks it says so, and the rest of the round is left out.
        """
        now = self._clock()
        for job in self._jobs:
            if now >= self._next_run.get(job, now):
                self._next_run[job] = now + job.every_seconds
                if not _run_job(job):
                    break


def _run_job(job):
    """Run it, and return whether others have a chance."""
    close_old_connections()
    try:
        job.run()
    except Exception as error:
        name = f"{job.run.__module__}.{job.run.__name__}"
        logger.error("The background job %s failed: %s", name, named(error))
        return not is_outage(error) or health.database_answers()
    else:
        return True
    finally:
        close_old_connections()


_thread = BackgroundThread()


def start():
    """Start the thread of this process, and of every process forked from it."""
    os.register_at_fork(after_in_child=_thread.start)
    _thread.start()
