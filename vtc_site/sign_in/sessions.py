"""When a sign-in ends: after idle time, after a day's work, on sign-out, password change and deactivation.

The clocks are in the session itself, so that a browser cannot turn them back. Used by middleware.py.
"""

import time

from django.conf import settings
from django.utils import timezone

from vtc_site.models import StaffSession

SEEN, SINCE, CODE = "seen_at", "signed_in_at", "code_given_at"
STEPS_PER_IDLE_TIME = 30  # the clock is written at most this often in one idle time: few writes, small error


def start_clocks(session):
    """Begin a sign-in now."""
    session[SEEN] = session[SINCE] = int(time.time())


def note_code(session):
    """The person gave a code of the second factor now."""
    session[CODE] = int(time.time())


def has_fresh_code(session):
    """Whether a code was given lately, where one is asked for: a sign-off of medical text needs it."""
    age = time.time() - session.get(CODE, 0)
    return not settings.STAFF_SECOND_FACTOR or age < settings.STAFF_FRESH_CODE_SECONDS


def note_activity(session):
    """The person did something: the idle time starts again."""
    now = int(time.time())
    session.setdefault(SINCE, now)
    if now - session.get(SEEN, 0) >= settings.STAFF_IDLE_SECONDS / STEPS_PER_IDLE_TIME:
        session[SEEN] = now


def seconds_left(session):
    """Return how long the sign-in lasts without activity; 0 or less: it has ended."""
    now = time.time()
    idle_ends = session.get(SEEN, now) + settings.STAFF_IDLE_SECONDS
    day_ends = session.get(SINCE, now) + settings.STAFF_SESSION_SECONDS
    return int(min(idle_ends, day_ends) - now)


def idle_seconds(session):
    """Return how long nothing has happened."""
    now = int(time.time())
    return now - session.get(SEEN, now)


def end_all(user):
    """End every session of `user`."""
    StaffSession.objects.filter(account=user.pk).delete()


def forget_expired():
    """Delete expired sessions, which Django itself never does. One of the background jobs."""
    StaffSession.objects.filter(expire_date__lt=timezone.now()).delete()
