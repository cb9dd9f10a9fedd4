"""Writes emails about an account that a stranger may have typed. Used by password_reset.py and throttling.py.

The request only leaves a question; a thread looks the account up. So the answer is the same, and
takes as long, whether the account exists or not. What a restart lost is asked for again, or happens again.
"""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from intake.failures import named

logger = logging.getLogger(__name__)

MOST_WAITING = 100  # questions at a time; a flood beyond that is dropped

_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sign-in-mail")
_places = threading.BoundedSemaphore(MOST_WAITING)


def put(work, email):
    """Have `work(email)` done soon. Returns at once, in every case."""
    if _places.acquire(blocking=False):
        _thread.submit(_do, work, email)


def _do(work, email):
    try:
        work(email)
    except Exception as error:
        logger.error("An email about a sign-in could not be sent: %s", named(error))
    finally:
        _places.release()
        connection.close()
