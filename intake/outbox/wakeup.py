"""The bell that makes the background thread look at the outbox now. Rung by receiving/ and staff/."""

import threading

bell = threading.Event()


def wake():
    """Have the thread look now; where none runs (commands, tests), nothing happens."""
    bell.set()
