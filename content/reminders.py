"""All reminders that the pages and their facts need.

Called by the command send_review_reminders and by the thread beside the web requests.
"""

import time
from types import SimpleNamespace

from content import clinic_license, reviews

LOOK_SECONDS = 3600  # between two looks of the thread

_process = SimpleNamespace(looked_at=None)


def send_due():
    """Send what is due today and return how many mails went out; a second run sends nothing twice."""
    return reviews.send_reminders() + clinic_license.send_reminders()


def remind_hourly():
    """Chore of the thread beside the web requests: look now and then whether somebody must be reminded."""
    if _process.looked_at is None or time.monotonic() - _process.looked_at > LOOK_SECONDS:
        _process.looked_at = time.monotonic()
        send_due()
