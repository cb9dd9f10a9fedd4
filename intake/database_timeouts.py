"""Ends every wait for PostgreSQL: a host that swallows packets, or hangs, gives no answer.

Switched on by vtc_site/wsgi.py and the command send_notifications; views.send_message sets how long its
answer may take. The time limits of the database do not help when it hangs, nor those of TCP when only its
process does. Other commands, such as migrate, wait as long as it takes. Not ended is the look-up of the
host's name, which is the system's: an address, or a line in /etc/hosts, needs none.
"""

import select
import threading
import time
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ, set_wait_callback

MAX_SECONDS = 5  # for one answer of the database; as long as SQLite waits for a lock

_thread = threading.local()  # .end: monotonic seconds after which this thread waits no more


def limit():
    """Let no thread of this process wait longer than MAX_SECONDS for one answer of PostgreSQL."""
    set_wait_callback(_wait)


@contextmanager
def end_within(seconds):
    """Let all waits of this thread end after so many seconds together. As a decorator: of a view."""
    _thread.end = time.monotonic() + seconds
    try:
        yield
    finally:
        del _thread.end


def _wait(connection):
    """Wait until psycopg2 has its answer; it closes the connection when this raises."""
    now = time.monotonic()
    end = min(now + MAX_SECONDS, getattr(_thread, "end", float("inf")))
    while (state := connection.poll()) != POLL_OK:
        poll = select.poll()  # a new one: while connecting, the socket can become another
        poll.register(connection, select.POLLIN if state == POLL_READ else select.POLLOUT)
        if not poll.poll(max(0, end - time.monotonic()) * 1000):
            raise psycopg2.OperationalError("PostgreSQL did not answer in time")
