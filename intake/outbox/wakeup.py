"""The bell that makes the background thread check the outbox now. Rung by receiving/ and the admin."""

import threading

bell = threading.Event()


def wake():
    """Have the thread check now; where none runs (commands, tests), nothing happens."""
    bell.set()
