"""How many messages arrived, how soon somebody tried, how many were reached, promises kept: by week or month.

Used by the admin. Only counts leave this file, no name, reference or text, so nothing enters the access log.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils import timezone

from intake.models import Attempt, Language, Status, Submission
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
    kept_percent: int | None  # of the promises whose time is over


@dataclass(frozen=True)
class Breakdown:
    """What the messages of a whole period were like."""

    outcomes: list  # (label, how many closed messages), most first
    languages: list
    arrivals: list  # for each hour of the day the numbers of Monday to Sunday, Pacific time


def report(first, last, by):
    """Return the Figures of each week (or month) from that of `first` to that of `last`, and in total."""
    bounds = _bounds(first, last, by)
    cases = [[] for _ in bounds[1:]]
    edges = [datetime.combine(day, time(0), tzinfo=PACIFIC).astimezone(UTC) for day in bounds]
    for case in _facts(edges[0], edges[-1]):
        cases[bisect_right(edges, case[0]) - 1].append(case)
    rows = [_figures(*each) for each in zip(bounds, bounds[1:], cases, strict=False)]
    return rows, _figures(bounds[0], bounds[-1], [case for each in cases for case in each])


def breakdown(first, last, by):
    """Return the Breakdown of the periods that report() covers."""
    bounds = _bounds(first, last, by)
    start, end = (datetime.combine(day, time(0), tzinfo=PACIFIC) for day in (bounds[0], bounds[-1]))
    rows = _received(start, end)
    arrivals = [[0] * 7 for _ in range(24)]
    for received_at in rows.values_list("received_at", flat=True).iterator(chunk_size=2000):
        local = received_at.astimezone(PACIFIC)
        arrivals[local.hour][local.weekday()] += 1
    closed = rows.filter(status=Status.CLOSED)
    return Breakdown(
        outcomes=_counted(closed, "outcome", Submission.Outcome),
        languages=_counted(rows, "language", Language),
        arrivals=arrivals,
    )


def _counted(rows, name, choices):
    counts = rows.values_list(name).annotate(count=Count("pk")).order_by("-count", name)
    labels = dict(choices.choices)
    return [(labels.get(value, "Not said"), count) for value, count in counts]


def _received(start, end):
    rows = Submission.objects.filter(received_at__gte=start, received_at__lt=end)
    return rows.exclude(status__in=Status.spam()).order_by()


def _bounds(first, last, by):
    """Return the first day of every period from that of `first` on, and of the one after `last`."""
    day = first.replace(day=1) if by == MONTH else first - timedelta(days=first.weekday())
    days = [day]
    while day <= last:
        day = (day + timedelta(days=31)).replace(day=1) if by == MONTH else day + timedelta(days=7)
        days.append(day)
    return days


def _facts(start, end):
    """Yield when each message arrived, somebody first tried, the promise ends, and if they were reached."""
    attempts = Attempt.objects.filter(submission=OuterRef("pk")).order_by("at")
    tried, reached = attempts.values("at")[:1], attempts.filter(outcome=Attempt.Outcome.REACHED)
    facts = ("received_at", Subquery(tried), "promised_by", Exists(reached))
    return _received(start, end).values_list(*facts).iterator(chunk_size=2000)


def _figures(first, after, cases):
    now = timezone.now()
    waits = [tried - received_at for received_at, tried, *_ in cases if tried]
    over = [(tried, promised_by) for _, tried, promised_by, _ in cases if promised_by and promised_by <= now]
    return Figures(
        first,
        after - timedelta(days=1),
        messages=len(cases),
        first_try=median(waits) if waits else None,
        reached_percent=_percent([is_reached for *_, is_reached in cases]),
        kept_percent=_percent([tried is not None and tried <= promised for tried, promised in over]),
    )


def _percent(truths):
    return round(100 * sum(truths) / len(truths)) if truths else None


def in_words(duration):
    """Return `duration` as people say it: “35 min”, “5 h 10 min”, “2 days 3 h”, “3 days”."""
    hours, minutes = divmod(max(0, round(duration.total_seconds() / 60)), 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
