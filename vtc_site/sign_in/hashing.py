"""How passwords are hashed, and how many at once. Named by PASSWORD_HASHERS, so no path goes around it.

A password check is made expensive on purpose. Without a limit, strangers who try many passwords at once would
take the memory and the cores that people who need help are waiting for.
"""

import os
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.contrib.auth.hashers import Argon2PasswordHasher

MAX_AT_ONCE = 2  # in each process
MAX_WAITING = 2  # colleagues who arrive in the same moment; each waiting request holds a thread
PATIENCE_SECONDS = 0.5
NICENESS = 10


def _give_way():
    """Let pages and messages have the processor first: on Linux niceness is of a thread."""
    thread = threading.get_native_id()
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + NICENESS)


# Threads of their own: the C library keeps for each thread what a check took, and the site has many.
_workers = ThreadPoolExecutor(MAX_AT_ONCE, thread_name_prefix="passwords", initializer=_give_way)
_places = threading.BoundedSemaphore(MAX_AT_ONCE + MAX_WAITING)


class TooBusyError(Exception):
    """Other passwords are being checked. Answered with 429 by sign_in/middleware.py."""


def in_turn(work, *args):
    """Return `work(*args)`, or raise TooBusyError when its turn does not come within PATIENCE_SECONDS."""
    if not _places.acquire(blocking=False):
        raise TooBusyError
    try:
        future = _workers.submit(work, *args)
        try:
            return future.result(timeout=PATIENCE_SECONDS)
        except TimeoutError:
            if future.cancel():
                raise TooBusyError from None
            return future.result()  # it has begun
    finally:
        _places.release()


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with the parameters OWASP names first: 19 MiB, two passes. Django's own takes 100 MiB.

    A hash with other parameters is renewed by Django the next time its owner signs in.
    """

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1

    def encode(self, password, salt):
        return in_turn(super().encode, _composed(password), salt)

    def verify(self, password, encoded):
        return in_turn(super().verify, _composed(password), encoded)


def _composed(password):
    """Return one spelling: on some keyboards é is two characters (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
