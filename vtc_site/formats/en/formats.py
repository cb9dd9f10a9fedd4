"""Django's own ways to type a time, and “9 am” beside them, for every form that asks for one."""

from django.conf.locale.en import formats

_DAYS = ["%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y", "%B %d, %Y"]
_CLOCKS = ["%I %p", "%I%p", "%I:%M %p", "%I:%M%p"]

TIME_INPUT_FORMATS = [*formats.TIME_INPUT_FORMATS, *_CLOCKS]
DATETIME_INPUT_FORMATS = [
    *formats.DATETIME_INPUT_FORMATS,
    *(f"{day} {clock}" for day in _DAYS for clock in _CLOCKS),
]
