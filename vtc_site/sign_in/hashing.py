"""How passwords are hashed, and how many at once. Named by PASSWORD_HASHERS, so no path goes around it.

A password check is made expensive on purpose. Without a limit, strangers who try many passwords at once would
take the memory and the cores that people who need help are waiting for.
"""

import threading
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher

MAX_AT_ONCE = 2  # in each process
MAX_WAITING = 2  # colleagues who arrive in the same moment; each waiting request holds a thread
PATIENCE_SECONDS = 0.5

_checks = threading.BoundedSemaphore(MAX_AT_ONCE)
_places = threading.BoundedSemaphore(MAX_AT_ONCE + MAX_WAITING)


class TooBusyError(Exception):
    """Other passwords are being checked. Answered with 429 by sign_in/middleware.py."""


@contextmanager
def turn():
    """Do one password's work, or raise TooBusyError within PATIENCE_SECONDS."""
    if not _places.acquire(blocking=False):
        raise TooBusyError
    try:
        if not _checks.acquire(timeout=PATIENCE_SECONDS):
            raise TooBusyError
        try:
            yield
        finally:
            _checks.release()
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
        with turn():
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with turn():
            return super().verify(password, encoded)
