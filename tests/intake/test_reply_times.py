"""A promise counts office time only: nights, weekends, closed days and the change of the clock included."""

from datetime import date, datetime, time

import pytest

from intake.reply_times import PACIFIC, Office, in_words, weekday_and_clock

pytestmark = pytest.mark.once

WEEKDAYS = Office(tuple((day, time(9), time(17)) for day in range(5)))


def pacific(*when):
    return datetime(*when, tzinfo=PACIFIC)


@pytest.mark.parametrize(
    ("arrives", "minutes", "due"),
    [
        (pacific(2026, 11, 23, 10), 60, pacific(2026, 11, 23, 11)),
        (pacific(2026, 11, 21, 21), 60, pacific(2026, 11, 23, 10)),  # Saturday 9 p.m. -> Monday 10 a.m.
        (pacific(2026, 11, 23, 16, 30), 60, pacific(2026, 11, 24, 9, 30)),
        (pacific(2026, 11, 23, 9), 480, pacific(2026, 11, 23, 17)),
        (pacific(2026, 11, 23, 17), 30, pacific(2026, 11, 24, 9, 30)),
        (pacific(2026, 11, 20, 16), 960, pacific(2026, 11, 24, 16)),
    ],
)
def test_deadline_counts_only_office_time(arrives, minutes, due):
    assert WEEKDAYS.deadline(arrives, minutes) == due


def test_a_closed_day_is_skipped():
    office = Office(WEEKDAYS.hours, frozenset([date(2026, 11, 26), date(2026, 11, 27)]))
    assert office.deadline(pacific(2026, 11, 25, 20), 60) == pacific(2026, 11, 30, 10)
    assert not office.is_open(pacific(2026, 11, 26, 12))


def test_the_change_of_the_clock_keeps_the_hour_of_the_office():
    spring = pacific(2026, 3, 7, 12)  # the day before daylight saving time begins
    every_day = Office(tuple((day, time(9), time(17)) for day in range(7)))
    assert every_day.deadline(spring, 6 * 60) == pacific(2026, 3, 8, 10)
    night = Office(((6, time(0), time(6)),))
    assert night.deadline(pacific(2026, 3, 7, 23), 150) == pacific(2026, 3, 8, 3, 30)


def test_two_stretches_a_day_leave_the_pause_out():
    office = Office(((0, time(9), time(12)), (0, time(13), time(17))))
    assert office.deadline(pacific(2026, 11, 23, 11, 30), 60) == pacific(2026, 11, 23, 13, 30)
    assert not office.is_open(pacific(2026, 11, 23, 12, 30))
    assert office.opens_next(pacific(2026, 11, 23, 12, 30)) == pacific(2026, 11, 23, 13)


def test_without_hours_nothing_is_promised():
    assert Office().deadline(pacific(2026, 11, 23, 10), 60) is None
    assert Office().opens_next(pacific(2026, 11, 23, 10)) is None
    assert not Office().is_open(pacific(2026, 11, 23, 10))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (pacific(2026, 11, 21, 22), "today at 10 p.m."),
        (pacific(2026, 11, 22, 12), "tomorrow at noon"),
        (pacific(2026, 11, 23, 10), "Monday at 10 a.m."),
        (pacific(2026, 11, 30, 9, 30), "Monday, November 30, at 9:30 a.m."),
    ],
)
def test_moments_are_said_as_people_say_them(moment, words):
    assert in_words(moment, now=pacific(2026, 11, 21, 21)) == words


def test_now_is_said_with_its_weekday():
    assert weekday_and_clock(pacific(2026, 11, 21, 21)) == "Saturday, 9 p.m."
