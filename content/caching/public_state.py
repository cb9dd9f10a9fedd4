"""Whether what a process remembers of the public content still holds. Used by facts.py and the page cache.

A process remembers for one `State`. A change on this host alters the stamp file, which each use looks at; one
on another host is found by the poll of the page cache, once a second; a scheduled one is known by its time.
"""

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock

from django.db import OperationalError
from django.db.models import Min
from django.utils import timezone

from content.caching import stamp_file
from content.models import Clinic, Notice, PublicChange, Version

MAX_COMPARED = 100  # newest changes; more than can wait for their commit at one moment
MIDNIGHT = clock()
PATIENCE_SECONDS = 3  # with a database that does not answer; then the last good copy is better
touch = PublicChange.record


@dataclass(frozen=True)
class State:
    """What the public content was when this process last looked."""

    stamp: bytes | None  # read before the database was asked
    changes: tuple  # tokens of the newest changes
    until: float  # seconds since 1970; then the next Version starts or ends by itself

    def holds(self):
        """Whether nothing has changed since, as far as this host knows. Takes less than a microsecond."""
        return stamp_file.read() == self.stamp and time.time() < self.until

    @property
    def generation(self):
        """What to remember finished work under: two States of one generation have the same content."""
        return self.changes, self.until


class Lookout:
    """The State that this process knows. `known` is None until the first look."""

    def __init__(self):
        self._lock = threading.Lock()
        self.known = None

    def state(self):
        """Return the State of now; asks the database only if the known one no longer holds."""
        if self.known and self.known.holds():
            return self.known
        with self._one_at_a_time():  # of many that find it old at the same moment, one asks
            return self.known if self.known and self.known.holds() else self._look()

    def look(self):
        """Ask the database, also if the known State seems to hold. Raises django.db.Error when it is down."""
        with self._one_at_a_time():
            return self._look()

    @contextmanager
    def _one_at_a_time(self):
        if not self._lock.acquire(timeout=PATIENCE_SECONDS):
            raise OperationalError("another thread still waits for the database")
        try:
            yield
        finally:
            self._lock.release()

    def _look(self):
        stamp_file.map_file()
        known, seen = self.known, stamp_file.read()
        changes = tuple(PublicChange.objects.order_by("-pk").values_list("token", flat=True)[:MAX_COMPARED])
        is_same = known and known.changes == changes and time.time() < known.until
        self.known = replace(known, stamp=seen) if is_same else State(seen, changes, next_moment())
        return self.known


def next_moment():
    """Return when a page changes by itself: seconds since 1970, or infinity.

    That is when a Version or a notice starts or ends, a review is late, and the clinic's license has expired.
    """
    now = timezone.now()
    starts = Version.objects.filter(live_from__gt=now).aggregate(first=Min("live_from"))["first"]
    ends = Version.objects.filter(live_until__gt=now).aggregate(first=Min("live_until"))["first"]
    notices = Notice.objects.filter(shown_until__gt=now).values_list("shown_from", "shown_until")
    moments = [moment for times in notices for moment in times if moment > now]
    moments += (starts, ends, *map(_midnight_after, (_next_review(now), _license_end(now))))
    return min((moment.timestamp() for moment in moments if moment), default=float("inf"))


def _next_review(now):
    """Return the day after which the next live Version says that its review is overdue, or None."""
    due = Version.objects.live(now).filter(next_review_on__gte=timezone.localdate(now))
    return due.aggregate(first=Min("next_review_on"))["first"]


def _license_end(now):
    """Return the day after which no page shows the clinic's license any more, or None."""
    ends = Clinic.objects.filter(license_expires_on__gte=timezone.localdate(now))
    return ends.values_list("license_expires_on", flat=True).first()


def _midnight_after(day):
    if day is None or day == date.max:  # the last day there is, as people type it for "never"
        return None
    return datetime.combine(day + timedelta(days=1), MIDNIGHT, timezone.get_current_timezone())


_lookout = Lookout()
state = _lookout.state
look = _lookout.look


def known():
    """Return the State that this process knows without looking; None before the first look."""
    return _lookout.known


def forget():
    """Know nothing, as at the start of a process (tests)."""
    _lookout.known = None
