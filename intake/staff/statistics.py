"""How many messages came, how soon somebody tried, how many people were reached: by week or by month.

Used by the admin. Only counts leave this file, no name, reference or text, so no look is recorded. Of fewer
than FEWEST messages nothing is told. The sum has them only when all that is hidden makes FEWEST together:
else it would tell what the row hides. For the same reason a period is made of whole weeks or months.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from django.db.models import Exists, OuterRef, Subquery

from intake.models import Attempt, Submission
from intake.reply_times import PACIFIC

FEWEST = 5
MOST_DAYS = 366
WEEK, MONTH = "week", "month"


@dataclass(frozen=True)
class Numbers:
    """What happened to the messages of one period. None: too few to tell; `last` is its last day."""

    first: date
    last: date
    messages: int | None = None
    first_try: timedelta | None = None  # the median
    reached_percent: int | None = None


def report(first, last, by):
    """Return the Numbers of each week (or month) from that of `first` to that of `last`, and of their sum."""
    bounds = _bounds(first, last, by)
    cases = [[] for _ in bounds[1:]]
    edges = [datetime.combine(day, time(0), tzinfo=PACIFIC).astimezone(UTC) for day in bounds]
    for received_at, *rest in _facts(edges[0], edges[-1]):
        cases[bisect_right(edges, received_at) - 1].append((received_at, *rest))
    rows = [_numbers(*each) for each in zip(bounds, bounds[1:], cases, strict=False)]
    hidden = sum(len(each) for each in cases if len(each) < FEWEST)
    fewest = FEWEST if hidden < FEWEST else 0
    summed = [case for each in cases if len(each) >= fewest for case in each]
    return rows, _numbers(bounds[0], bounds[-1], summed)


def _bounds(first, last, by):
    """Return the first day of every period from that of `first` on, and of the one after `last`."""
    day = first.replace(day=1) if by == MONTH else first - timedelta(days=first.weekday())
    days = [day]
    while day <= last:
        day = (day + timedelta(days=31)).replace(day=1) if by == MONTH else day + timedelta(days=7)
        days.append(day)
    return days


def _facts(start, end):
    """Yield when each message came, when somebody tried first, and whether the person was reached."""
    rows = Submission.objects.filter(received_at__gte=start, received_at__lt=end)
    rows = rows.exclude(status=Submission.Status.SPAM).order_by()
    attempts = Attempt.objects.filter(submission=OuterRef("pk")).order_by("at")
    tried, reached = attempts.values("at")[:1], attempts.filter(outcome=Attempt.Outcome.REACHED)
    return rows.values_list("received_at", Subquery(tried), Exists(reached)).iterator(chunk_size=2000)


def _numbers(first, after, cases):
    last = after - timedelta(days=1)
    if len(cases) < FEWEST:
        return Numbers(first, last)
    waits = [tried - received_at for received_at, tried, _ in cases if tried]
    reached = sum(1 for *_, reached in cases if reached)
    return Numbers(
        first,
        last,
        messages=len(cases),
        first_try=median(waits) if len(waits) >= FEWEST else None,
        reached_percent=round(100 * reached / len(cases)),
    )


def in_words(duration):
    """Return `duration` as people say it: “35 min”, “5 h 10 min”, “2 days 3 h”, “3 days”."""
    hours, minutes = divmod(max(0, round(duration.total_seconds() / 60)), 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
