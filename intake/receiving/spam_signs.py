"""Signs that a message was written by a program. They label it, they never refuse it. Used by views.py.

A labeled message is stored and staff are notified of it like of any other; it waits in a list of its own.
"""

import re

LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
MAX_LINKS = 2  # people paste a link to ask about it
MIN_SECONDS = 2


def signs(written, *, was_trapped=False, seconds=None):
    """Return the reasons, in words for staff, why these fields look like a program's."""
    found = []
    if was_trapped:
        found.append("filled in a field that people cannot see")
    if LINK.search(written["name"] + written["relationship"]):
        found.append("a link in the name")
    if len(LINK.findall(written["message"])) > MAX_LINKS:
        found.append("many links")
    # Speed alone says nothing: a browser fills in a form by itself, and a page that asks is answered fast.
    if found and seconds is not None and seconds < MIN_SECONDS:
        found.append(f"sent within {MIN_SECONDS} seconds")
    return found
