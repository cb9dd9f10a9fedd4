"""How dates and times are written in the admin, and typed everywhere. Django reads it by FORMAT_MODULE_PATH.

Without periods in month and clock, so that a sentence may end with one: “since Nov 27, 2026, 4:03 PM.”
Beside Django's own ways to type a time, “9 am” is one.
"""

from django.conf.locale.en import formats

DATE_FORMAT = "M j, Y"
TIME_FORMAT = "g:i A"
DATETIME_FORMAT = "M j, Y, g:i A"

_DAYS = ["%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y", "%B %d, %Y"]
_CLOCKS = ["%I %p", "%I%p", "%I:%M %p", "%I:%M%p"]
TIME_INPUT_FORMATS = [*formats.TIME_INPUT_FORMATS, *_CLOCKS]
DATETIME_INPUT_FORMATS = [
    *formats.DATETIME_INPUT_FORMATS,
    *(f"{day} {clock}" for day in _DAYS for clock in _CLOCKS),
]
