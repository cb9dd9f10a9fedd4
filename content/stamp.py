"""The stamp file: every process of a host looks at it before it answers from memory (see freshness.py).

It grows by one byte for each commit that changed something public, so that two of them never look alike,
whatever the clock of the host or the precision of its file system.
"""

import logging
import os

from django.conf import settings

logger = logging.getLogger(__name__)


def read():
    """Return what the stamp looks like now, in about 2 microseconds; None before the first change."""
    try:
        state = os.stat(settings.STAMP_FILE)
    except OSError:
        return None
    return state.st_size, state.st_ino, state.st_mtime_ns


def touch():
    """Make the stamp differ. If the disk refuses, the poll of the database still tells, a second later."""
    try:
        settings.STAMP_FILE.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(settings.STAMP_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o664)
        try:
            os.write(file, b".")
        finally:
            os.close(file)
    except OSError as error:
        logger.error("The stamp file cannot be written (%s): changes show 2 seconds late.", error.strerror)
