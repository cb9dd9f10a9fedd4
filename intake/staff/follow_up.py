"""When to try again: quick choices inside office hours. Used by the admin's screen of a message."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from intake.models import BestTime
from intake.reply_times import PACIFIC, WINDOWS, Office, in_words

NOT_LATER = "now"
SOON_MINUTES = 120  # of office time
USUAL_HOURS = Office(tuple((day, time(9), time(17)) for day in range(5)))  # until staff set theirs


@dataclass(frozen=True)
class CallBack:
    """A moment to try again; `key` is what the form sends."""

    key: str
    label: str
    at: datetime | None


def choices(submission, now, office=None):
    """Return the times to choose from, the best one first."""
    office = office or Office.current()
    office = office if office.hours else USUAL_HOURS
    tomorrow = _later_day(now, 1)
    moments = [
        ("best", f"In the {submission.best_time}", _in_window(office, submission.best_time, tomorrow)),
        ("tomorrow", "Next business day", office.opens_next(tomorrow)),
        ("soon", "In 2 office hours", office.deadline(now, SOON_MINUTES)),
        ("days", "In 3 days", office.opens_next(_later_day(now, 3))),
    ]
    found = [CallBack(key, f"{label}: {in_words(at, now)}", at) for key, label, at in moments if at]
    return [*found, CallBack(NOT_LATER, "No pause: keep it on the start page", None)]


def _later_day(now, days):
    """Return the first moment of the day that is `days` away, Pacific time."""
    day = now.astimezone(PACIFIC).date() + timedelta(days=days)
    return datetime.combine(day, time(0), tzinfo=PACIFIC) - timedelta(seconds=1)


def _in_window(office, wished, after):
    """Return the first office moment after `after` in the time of day the person wished, or None."""
    if wished == BestTime.ANY:
        return None
    starts, ends = WINDOWS[BestTime(wished)]
    for opens, closes in office.stretches(after):
        day = opens.astimezone(PACIFIC).date()
        start = max(opens, datetime.combine(day, starts, tzinfo=PACIFIC))
        if after < start < min(closes, datetime.combine(day, ends, tzinfo=PACIFIC)):
            return start
    return None
