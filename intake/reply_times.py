"""From opening hours to “We will call by Monday at 10 a.m.”. Called when a message arrives and by the pages.

Every time is an aware datetime; hours are kept in Pacific time, durations run in real (UTC) minutes, so that
a change of daylight saving time neither lengthens nor shortens a promise.
"""

import logging
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.dateformat import time_format as format_time
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from intake.models import BestTime, Closure, IntakeSettings, OfficeHours, Status, Submission

logger = logging.getLogger(__name__)

PACIFIC = ZoneInfo("America/Los_Angeles")
MAX_PROMISE_DAYS = 60  # a promise further away is no promise
REMEMBERED_OFFICE = "intake.office"
REMEMBERED_SECONDS = 1  # a flood of messages asks for the hours once
USUAL_ALARM_MINUTES = 120  # of the hours in use, until owners set a promise
# What a sender means by a time of day.
WINDOWS = {
    BestTime.MORNING: (time(0), time(12)),
    BestTime.AFTERNOON: (time(12), time(17)),
    BestTime.EVENING: (time(17), time.max),
}


USUAL_HOURS = tuple((day, time(9), time(17)) for day in range(5))


@dataclass(frozen=True)
class Office:
    """The office hours as (weekday, opens, closes), the closed dates, and the promise.

    `reply_minutes` is None until staff set a promise; `alarm_percent` is a share of it.
    """

    hours: tuple = ()
    closures: frozenset = field(default_factory=frozenset)
    reply_minutes: int | None = None
    alarm_percent: int = 100

    @classmethod
    def current(cls):
        """Return what staff have filled in. Another process may have changed it up to a second ago."""
        return cache.get_or_set(REMEMBERED_OFFICE, cls.read, REMEMBERED_SECONDS)

    @classmethod
    def in_use(cls):
        """Return by which hours staff work: those they have filled in, until then the usual ones."""
        office = cls.current()
        return office if office.hours else replace(office, hours=USUAL_HOURS)

    @classmethod
    def read(cls):
        """Return what staff have filled in, from the database: three queries."""
        hours = tuple(OfficeHours.objects.values_list("weekday", "opens_at", "closes_at"))
        closed = Closure.objects.filter(on__gte=timezone.localdate(timezone=PACIFIC) - timedelta(days=1))
        promised = IntakeSettings.objects.values_list("reply_minutes", "alarm_percent").first() or ()
        return cls(hours, frozenset(closed.values_list("on", flat=True)), *promised)

    def stretches(self, at):
        """Yield (opens, closes) from the day of `at` on, soonest first, in UTC."""
        first = at.astimezone(PACIFIC).date()
        for day in (first + timedelta(days=number) for number in range(MAX_PROMISE_DAYS)):
            if day in self.closures:
                continue
            for weekday, opens, closes in sorted(self.hours):
                if weekday == day.weekday():
                    yield _at(day, opens), _at(day, closes)

    def is_open(self, at):
        """Whether somebody is in the office at `at`."""
        return any(opens <= at < closes for opens, closes in self.stretches(at))

    def opens_next(self, at):
        """Return when the office opens next after `at`, or None."""
        return next((opens for opens, _ in self.stretches(at) if opens > at), None)

    def closes_next(self, at):
        """Return when the office, open at `at`, closes, or None."""
        return next((closes for opens, closes in self.stretches(at) if opens <= at < closes), None)

    def minutes_between(self, start, end):
        """Return how many minutes of office time lie between two moments."""
        total = timedelta()
        for opens, closes in self.stretches(start):
            if opens >= end:
                break
            total += max(timedelta(), min(closes, end) - max(opens, start))
        return int(total.total_seconds() // 60)

    def deadline(self, at, minutes):
        """Return the moment when `minutes` of office time have passed since `at`, or None without hours."""
        left = timedelta(minutes=minutes)
        for opens, closes in self.stretches(at):
            start = max(opens, at.astimezone(UTC))
            if start >= closes:
                continue
            if left <= closes - start:
                return start + left
            left -= closes - start
        return None


@receiver([post_save, post_delete], sender=OfficeHours)
@receiver([post_save, post_delete], sender=Closure)
@receiver([post_save, post_delete], sender=IntakeSettings)
def _forget_office(**kwargs):
    cache.delete(REMEMBERED_OFFICE)


def _at(day, clock_time):
    return datetime.combine(day, clock_time, tzinfo=PACIFIC).astimezone(UTC)


def promise(at):
    """Return promise and alarm of a message that arrives at `at`, as fields; no promise until one is set."""
    office = Office.current()
    by = office.reply_minutes and office.deadline(at, office.reply_minutes)
    if not by:
        return {"alarm_at": Office.in_use().deadline(at, USUAL_ALARM_MINUTES)}
    share = office.reply_minutes * office.alarm_percent / 100
    return {"promised_by": by, "alarm_at": office.deadline(at, share)}


def promise_if_possible(at):
    """Like promise(), but empty whatever goes wrong: a message is stored even if no time can be named."""
    try:
        return promise(at)
    except Exception as error:
        logger.error("The time to name to the sender of a message was not found: %s.", type(error).__name__)
        return {}


def promise_the_waiting():
    """Give messages that came before the office hours a promise from now. Called when owners change them."""
    untried = Submission.objects.filter(status__in=(*Status.untried(), Status.SUSPECTED), promised_by=None)
    promised = promise(timezone.now())
    if "promised_by" in promised:
        untried.update(**promised)


def situation(now=None, *, promised_by=None):
    """Return what a page made for this moment says about the office, or None without office hours.

    `promised_by` is what a message was promised; without one, what a message sent now would be. Only for
    answers that are not cached: a minute later it may be wrong. None also if anything fails: neither the form
    nor the thank-you page of a stored message may fail because of it.
    """
    try:
        return _situation(now or timezone.now(), promised_by)
    except Exception as error:
        logger.error("A page cannot say when the office is open: %s.", type(error).__name__)
        return None


def _situation(now, promised_by):
    office = Office.current()
    opens = office.opens_next(now)
    if opens is None:
        return None
    closes, by = office.closes_next(now), promised_by or promise(now).get("promised_by")
    return {
        "now": _sentence(gettext("It is {time}").format(time=weekday_and_clock(now))),
        "is_open": closes is not None,
        "opens": in_words(opens, now),
        "hours": _sentence(
            gettext("Our office is open now, until {time}").format(time=clock(closes))
            if closes
            else gettext("Our office is closed now. It opens {time}").format(time=in_words(opens, now))
        ),
        "answer_by": in_words(by, now) if by and by > now else "",
    }


def _sentence(text):
    return f"{text.rstrip('.')}."  # “p.m.” ends with a period already


def remember_offered_times():
    """Store which times of day lie in office hours, and the hours: pages say both. Called by the admin."""
    hours = OfficeHours.objects.order_by("weekday", "opens_at")
    hours = list(hours.values_list("weekday", "opens_at", "closes_at"))
    offered = [
        window.value
        for window, (starts, ends) in WINDOWS.items()
        if any(opens < ends and closes > starts for _, opens, closes in hours)
    ]
    settings = IntakeSettings.objects.get_or_create(pk=1)[0]
    settings.offered_times = offered
    settings.office_hours = [(day, opens.isoformat(), closes.isoformat()) for day, opens, closes in hours]
    settings.save()  # invalidates the pages in memory


def hours_in_words():
    """Return the office hours for any page: “Monday to Friday, 9 a.m. to 5 p.m., Pacific time”; or nothing.

    From the settings, which are known while the database is down too.
    """
    times_of = {}  # weekday -> what is said of it
    for day, *ends in IntakeSettings.current().office_hours:
        opens, closes = (clock_of(time.fromisoformat(end)) for end in ends)
        stretch = gettext("{opens} to {closes}").format(opens=opens, closes=closes)
        times_of.setdefault(day, []).append(stretch)
    said = [
        f"{_days_in_words(days)}, {gettext(' and ').join(times)}" for days, times in _alike(times_of.items())
    ]
    return gettext("{hours}, Pacific time").format(hours="; ".join(said)) if said else ""


def _alike(times_of):
    """Join days in a row that have the same times: ([first, ..., last], times)."""
    found = []
    for day, times in times_of:
        if found and found[-1][1] == times and found[-1][0][-1] == day - 1:
            found[-1][0].append(day)
        else:
            found.append(([day], times))
    return found


def _days_in_words(days):
    first, last = (str(WEEKDAYS[day]) for day in (days[0], days[-1]))
    return first if first == last else gettext("{first} to {last}").format(first=first, last=last)


def clock_of(time_of_day):
    """Return a time of day as people say it: “9 a.m.”"""
    return format_time(time_of_day, gettext("P")).replace("midnight", "12 a.m.")


def in_words(moment, now=None):
    """Return `moment` as people say it: “today at 4 p.m.”, “Monday, December 7, at 10 a.m.”"""
    local, today = moment.astimezone(PACIFIC), (now or timezone.now()).astimezone(PACIFIC).date()
    return gettext("{day} at {time}").format(day=_day_in_words(local.date(), today), time=clock(local))


def _day_in_words(day: date, today: date):
    away = (day - today).days
    if away in (0, 1):
        return (gettext("today"), gettext("tomorrow"))[away]
    if 1 < away < 7:
        return format_date(day, gettext("l"))
    return format_date(day, gettext("l, F j,") if day.year == today.year else gettext("l, F j, Y,"))


def clock(moment):
    """Return the Pacific time of day of `moment`: “10 a.m.”, “4:30 p.m.”, “noon”."""
    return clock_of(moment.astimezone(PACIFIC).time())


def weekday_and_clock(moment):
    """Return “Saturday, 9 p.m.” for `moment`, Pacific time."""
    return f"{format_date(moment.astimezone(PACIFIC), 'l')}, {clock(moment)}"
