"""Counts by day that all processes share: messages from a network, receipts to an address.

Used by receiving/storing.py, outbox/receipts.py and the sign-in.
"""

from collections import Counter
from itertools import chain

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from intake.encryption import keyed_hashes
from intake.models import DailyCount

# One statement, so that two messages at the same moment are two; Django has none that also adds.
ADD = """
    INSERT INTO intake_dailycount AS today (day, key_hash, count) VALUES {rows}
    ON CONFLICT (day, key_hash) DO UPDATE SET count = today.count + excluded.count
    RETURNING key_hash, count
"""


def count_today(purpose, keys):
    """Count each of `keys` once more for `purpose` and return today's number of each, in the order given.

    Stored is a keyed hash that changes every day, and only for that day: no address can be found again.
    Run in the transaction that stores what is counted.
    """
    day = timezone.localdate()
    hashes = [keyed_hashes(f"{purpose} {day}", key)[0] for key in keys]
    totals, numbers = _add(day, Counter(hashes)), []
    for key_hash in reversed(hashes):  # the last of a key has the total
        numbers.append(totals[key_hash])
        totals[key_hash] -= 1
    return numbers[::-1]


def number_today(purpose, key):
    """Return today's number of `key` for `purpose`, without counting."""
    day = timezone.localdate()
    counted = DailyCount.objects.filter(day=day, key_hash__in=keyed_hashes(f"{purpose} {day}", key))
    return counted.aggregate(number=Sum("count"))["number"] or 0


def _add(day, added):
    """Add the numbers by hash, and return the totals of the day by hash."""
    if not added:
        return {}
    # In one order, so that two processes do not deadlock.
    rows = [(day, key_hash, number) for key_hash, number in sorted(added.items())]
    statement = ADD.format(rows=", ".join(["(%s, %s, %s)"] * len(rows)))
    with connection.cursor() as cursor:
        cursor.execute(statement, list(chain.from_iterable(rows)))
        return dict(cursor.fetchall())
