"""When to try again: quick choices inside office hours. Used by the admin's screen of a message."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from intake.models import BestTime
from intake.reply_times import PACIFIC, WINDOWS, Office, in_words
from intake.staff import joined_wishes

NOT_LATER = "now"
SOON_MINUTES = 120  # of office time
ANOTHER_PART_AFTER = timedelta(hours=2)  # sooner it would be the same part of their day


@dataclass(frozen=True)
class CallBack:
    """A moment to try again; `key` is what the form sends."""

    key: str
    label: str
    at: datetime | None


def choices(submission, now, office=None):
    """Return the times to choose from, the best first: in their window, or later today."""
    office = office if office and office.hours else Office.in_use()
    wished = joined_wishes.of(submission).best_time
    tomorrow = _later_day(now, 1)
    moments = [
        *_soon(submission, now),
        ("best", f"In the {wished}", None if wished == BestTime.ANY else _in_window(office, wished, now)),
        (
            "today",
            "In another part of the day",
            _later_today(office, now) if wished == BestTime.ANY else None,
        ),
        ("tomorrow", "Next business day", office.opens_next(tomorrow)),
        ("soon", "In 2 office hours", office.deadline(now, SOON_MINUTES)),
        ("days", "In 3 days", office.opens_next(_later_day(now, 3))),
    ]
    found = [CallBack(key, f"{label}: {in_words(at, now)}", at) for key, label, at in moments if at]
    return [*found, CallBack(NOT_LATER, "No set time: keep it on the start page", None)]


def _soon(submission, now):
    """Who may be in danger and was not reached is tried again soon, whether the office is open or not."""
    if not submission.is_not_reached_in_danger:
        return []
    return [
        (f"in-{minutes}", f"In {minutes} minutes", now + timedelta(minutes=minutes)) for minutes in (15, 60)
    ]


def opening_on(day, office=None):
    """Return the moment of `day` from which somebody is there: the end of a wait for an answer."""
    start = datetime.combine(day, time(0), tzinfo=PACIFIC)
    return (office or Office.in_use()).opens_next(start - timedelta(seconds=1)) or start


def _later_day(now, days):
    """Return the first moment of the day that is `days` away, Pacific time."""
    day = now.astimezone(PACIFIC).date() + timedelta(days=days)
    return datetime.combine(day, time(0), tzinfo=PACIFIC) - timedelta(seconds=1)


def _later_today(office, now):
    """Return a moment of a later part of today in which somebody is there, or None."""
    today = now.astimezone(PACIFIC).date()
    later = [part for part, (starts, _) in WINDOWS.items() if starts > now.astimezone(PACIFIC).time()]
    moments = [_in_window(office, part, now + ANOTHER_PART_AFTER) for part in later]
    return next((at for at in moments if at and at.astimezone(PACIFIC).date() == today), None)


def _in_window(office, wished, after):
    """Return the first office moment after `after` in the part of the day `wished`, or None.

    Not in a part that is already on: that would be the same try again.
    """
    starts, ends = WINDOWS[wished]
    for opens, closes in office.stretches(after):
        day = opens.astimezone(PACIFIC).date()
        start = max(opens, datetime.combine(day, starts, tzinfo=PACIFIC))
        end = min(closes, datetime.combine(day, ends, tzinfo=PACIFIC))
        if after < start < end:
            return start
    return None
