"""Federal holidays of the United States, by rule: 5 U.S.C. 6103. Offered as closed days by admin/settings.py.

One that falls on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
"""

from datetime import date, timedelta

MONDAY, THURSDAY = 0, 3
FIXED = [
    (1, 1, "New Year’s Day"),
    (6, 19, "Juneteenth"),
    (7, 4, "Independence Day"),
    (11, 11, "Veterans Day"),
    (12, 25, "Christmas Day"),
]
FLOATING = [  # month, weekday, which one of the month (-1: the last)
    (1, MONDAY, 3, "Birthday of Martin Luther King, Jr."),
    (2, MONDAY, 3, "Washington’s Birthday"),
    (5, MONDAY, -1, "Memorial Day"),
    (9, MONDAY, 1, "Labor Day"),
    (10, MONDAY, 2, "Columbus Day"),
    (11, THURSDAY, 4, "Thanksgiving Day"),
]


def federal_holidays(year):
    """Return the (day, name) on which each holiday of `year` is kept, soonest first."""
    fixed = [(_observed(date(year, month, day)), name) for month, day, name in FIXED]
    floating = [(_nth(year, month, weekday, which), name) for month, weekday, which, name in FLOATING]
    return sorted(fixed + floating)


def _observed(day):
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _nth(year, month, weekday, which):
    days = [date(year, month, 1) + timedelta(days=number) for number in range(31)]
    return [day for day in days if day.month == month and day.weekday() == weekday][
        which - 1 if which > 0 else which
    ]
