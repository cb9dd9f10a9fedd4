"""How the admin writes dates and times. Django reads it by FORMAT_MODULE_PATH; templates name the formats.

Without periods in month and clock, so that a sentence may end with one: “since Nov 27, 2026, 4:03 PM.”
"""

DATE_FORMAT = "M j, Y"
TIME_FORMAT = "g:i A"
DATETIME_FORMAT = "M j, Y, g:i A"
