"""The thread that works beside the web requests: notices and the daily chores. Started by wsgi.py.

submissions.receive() wakes it. In a process that was forked from one with a thread it starts again.
"""

import logging
import os
import threading

from django.db import close_old_connections

from intake import alarms, casework, copies, notifications, presence, retention

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 30  # between two looks at the outbox when nobody wakes the thread
BREATH_SECONDS = 1  # after a round: a flood of messages makes one round a second, not one each
ALARM_ROUNDS = 10  # an alarm that lasts is repeated in the log every 5 minutes


class Courier:
    """One daemon thread for each process."""

    def __init__(self, pause_seconds=PAUSE_SECONDS):
        self._pause_seconds = pause_seconds
        self._bell = threading.Event()
        self._end = threading.Event()
        self._lock = threading.Lock()
        self._thread = None
        self._process = None
        self._rounds = 0
        self._queue_chores = [alarms.raise_due, casework.release_idle, presence.forget_expired]
        self._more_chores = []

    def also_do(self, chore):
        """Do `chore`, a function of another part of the site, in every round; it decides itself when."""
        self._more_chores.append(chore)

    def start(self):
        """Start the thread unless this process already has one."""
        with self._lock:
            if self._process == os.getpid() and self._thread.is_alive():
                return
            self._process = os.getpid()
            self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
            self._thread.start()

    def wake(self):
        """Make the thread look now. Does nothing where none was ever started (commands, tests)."""
        if self._process is not None:
            self.start()
            self._bell.set()

    def stop(self):
        """End the thread after its round (tests; a web process just ends)."""
        self._end.set()
        self._bell.set()
        self._thread.join()

    def _run(self):
        self.work()
        while not self._end.wait(BREATH_SECONDS):
            self._bell.wait(self._pause_seconds)
            if not self._end.is_set():  # else the bell goes on ringing for a second thread
                self._bell.clear()
                self.work()

    def work(self):
        """Do one round. A database that is gone must not end the thread: it has to be there afterwards."""
        for chore in (*self._queue_chores, self._deliver, self._alarm, self._purge, *self._more_chores):
            close_old_connections()
            try:
                chore()
            except Exception as error:
                logger.error("The courier could not finish a chore: %s", type(error).__name__)
            finally:
                close_old_connections()

    def _deliver(self):
        notifications.deliver_due()
        copies.deliver_due()

    def _purge(self):
        retention.purge_daily()

    def _alarm(self):
        if self._rounds % ALARM_ROUNDS == 0:
            notifications.sound_alarm()
        self._rounds += 1


_courier = Courier()
also_do = _courier.also_do
start = _courier.start
wake = _courier.wake
