"""The thread that carries notices in the web process. Started by wsgi.py, woken by submissions.receive()."""

import logging
import os
import threading
import time

from django.db import close_old_connections

from intake import notifications

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 30  # between two looks at the outbox when nobody wakes the thread


class Courier:
    """One daemon thread for each process, started again in a process that was forked from this one."""

    def __init__(self):
        self._bell = threading.Event()
        self._lock = threading.Lock()
        self._thread = None
        self._process = None
        self._beaten_at = None

    def start(self):
        """Start the thread unless this process already has one."""
        with self._lock:
            if self._process == os.getpid() and self._thread.is_alive():
                return
            self._process, self._beaten_at = os.getpid(), time.monotonic()
            self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
            self._thread.start()

    def wake(self):
        """Make the thread look now. Does nothing where none was ever started (commands, tests)."""
        if self._process is None:
            return
        self.start()
        self._bell.set()

    def seconds_since_beat(self):
        """Return how long ago the thread last showed that it lives, or None if none was started."""
        return None if self._beaten_at is None else time.monotonic() - self._beaten_at

    def _run(self):
        while True:
            self._beaten_at = time.monotonic()
            self._sweep()
            self._bell.wait(PAUSE_SECONDS)
            self._bell.clear()

    def _sweep(self):
        close_old_connections()
        try:
            notifications.deliver_due()
        except (
            Exception
        ) as error:  # the database may be gone for hours; the thread must be there when it is back
            logger.error("The outbox could not be read: %s", type(error).__name__)
        finally:
            close_old_connections()


_courier = Courier()
start = _courier.start
wake = _courier.wake
seconds_since_beat = _courier.seconds_since_beat
