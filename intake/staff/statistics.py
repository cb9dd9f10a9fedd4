"""How many messages arrived, how soon somebody tried, how many people were reached: by week or by month.

Used by the admin. Only counts leave this file, no name, reference or text, so nothing enters the access log.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from django.db.models import Exists, OuterRef, Subquery

from intake.models import Attempt, Status, Submission
from intake.reply_times import PACIFIC

MAX_DAYS = 366
WEEK, MONTH = "week", "month"


@dataclass(frozen=True)
class Figures:
    """What happened to the messages of one period; `last` is its last day. None: nothing to measure."""

    first: date
    last: date
    messages: int
    first_try: timedelta | None  # the median
    reached_percent: int | None


def report(first, last, by):
    """Return the Figures of each week (or month) from that of `first` to that of `last`, and in total."""
    bounds = _bounds(first, last, by)
    cases = [[] for _ in bounds[1:]]
    edges = [datetime.combine(day, time(0), tzinfo=PACIFIC).astimezone(UTC) for day in bounds]
    for received_at, *rest in _facts(edges[0], edges[-1]):
        cases[bisect_right(edges, received_at) - 1].append((received_at, *rest))
    rows = [_figures(*each) for each in zip(bounds, bounds[1:], cases, strict=False)]
    return rows, _figures(bounds[0], bounds[-1], [case for each in cases for case in each])


def _bounds(first, last, by):
    """Return the first day of every period from that of `first` on, and of the one after `last`."""
    day = first.replace(day=1) if by == MONTH else first - timedelta(days=first.weekday())
    days = [day]
    while day <= last:
        day = (day + timedelta(days=31)).replace(day=1) if by == MONTH else day + timedelta(days=7)
        days.append(day)
    return days


def _facts(start, end):
    """Yield when each message arrived, when somebody first tried, and whether the person was reached."""
    rows = Submission.objects.filter(received_at__gte=start, received_at__lt=end)
    rows = rows.exclude(status=Status.SPAM).order_by()
    attempts = Attempt.objects.filter(submission=OuterRef("pk")).order_by("at")
    tried, reached = attempts.values("at")[:1], attempts.filter(outcome=Attempt.Outcome.REACHED)
    return rows.values_list("received_at", Subquery(tried), Exists(reached)).iterator(chunk_size=2000)


def _figures(first, after, cases):
    waits = [tried - received_at for received_at, tried, _ in cases if tried]
    reached = sum(1 for *_, is_reached in cases if is_reached)
    return Figures(
        first,
        after - timedelta(days=1),
        messages=len(cases),
        first_try=median(waits) if waits else None,
        reached_percent=round(100 * reached / len(cases)) if cases else None,
    )


def in_words(duration):
    """Return `duration` as people say it: “35 min”, “5 h 10 min”, “2 days 3 h”, “3 days”."""
    hours, minutes = divmod(max(0, round(duration.total_seconds() / 60)), 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
