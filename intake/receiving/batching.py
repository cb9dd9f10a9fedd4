"""Group commit: what many threads want to store at the same moment goes to the disk in one transaction.

While one thread stores, the others wait; then one of those stores for all of them. So a crowd costs few
transactions, and a single message never waits. Used by storing.py.
"""

import threading

from django.db import OperationalError, connection

from intake.database_timeouts import MAX_SECONDS

# Whoever waits this long for a turn stores alone: what the others wait for may concern only them.
MAX_TURN_SECONDS = 2
MAX_STORING_SECONDS = MAX_SECONDS  # of the database, for one answer


class _Place:
    """An item that one thread wants to store, in the queue."""

    def __init__(self, item):
        self.item, self.result, self.error, self.is_decided = item, None, None, False


class GroupCommit:
    """Runs `store`, which takes a list of items, stores all or none, and returns a list of results.

    If it fails for a group, each item is tried by itself, in its own thread: what is wrong with one message
    must not touch another. Only a database that does not answer in time fails for all at once.
    """

    def __init__(self, store):
        self._store = store
        self._change = threading.Condition()  # guards the three below and the places
        self._waiting = []
        self._is_storing = False

    def run(self, item):
        """Return what `store` returns for `item`; raises what it raises."""
        if connection.in_atomic_block:  # of the caller, so it cannot be another thread's
            return self._alone(item)
        place = _Place(item)
        if group := self._next_group(place):
            self._store_group(group)
        if place.error:
            raise place.error
        return place.result or self._alone(item)

    def _alone(self, item):
        return self._store([item])[0]

    def _next_group(self, place):
        """Wait for a turn and return all places to store in it; none if another thread had `place` in its."""
        with self._change:
            self._waiting.append(place)
            has_turn = self._change.wait_for(
                lambda: place.is_decided or not self._is_storing, MAX_TURN_SECONDS
            )
            if place not in self._waiting:
                self._wait_for_others(place)
                return []
            if not has_turn:
                self._waiting.remove(place)
                return []
            self._is_storing = True
            group, self._waiting = self._waiting, []
            return group

    def _wait_for_others(self, place):
        if not self._change.wait_for(lambda: place.is_decided, MAX_STORING_SECONDS):
            place.error = OperationalError("the thread that stores this group did not finish in time")

    def _store_group(self, group):
        try:
            results = self._store([place.item for place in group])
            for place, result in zip(group, results, strict=True):
                place.result = result
        except OperationalError as error:
            for place in group:
                place.error = error
        except Exception:
            if len(group) == 1:
                raise
            # Otherwise each tries alone.
        finally:
            self._end_turn(group)

    def _end_turn(self, group):
        with self._change:
            self._is_storing = False
            for place in group:
                place.is_decided = True
            self._change.notify_all()
