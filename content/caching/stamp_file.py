"""The stamp: 16 bytes in a file that every process of a host looks at before it answers from memory.

Each commit that changed something public writes other random bytes over them (see public_state.py). Every
process has the file in its memory, so a look is no system call: at each one Python lets its other threads go
first, and that cost a third of all pages a second. The file may be removed at any time, but never be emptied:
the system stops a process that looks at memory which is no longer there.
"""

import logging
import mmap
import os
from contextlib import contextmanager

from django.conf import settings

logger = logging.getLogger(__name__)

SIZE = 16
_mapped = None


def read():
    """Return the bytes of the stamp now; None while there is no file that could be mapped."""
    mapped = _mapped  # once: another thread may map anew
    return mapped[:] if mapped else None


def touch():
    """Make the stamp differ. If the disk refuses, the poll of the database still tells, a second later."""
    try:
        with _opened() as file:
            os.pwrite(file, os.urandom(SIZE), 0)  # not by way of memory, where a full disk ends the process
    except OSError as error:
        logger.error("The stamp file cannot be written (%s): changes show 2 seconds late.", error.strerror)
    map_file()


def map_file():
    """Have the file that lies there now in memory: it may have been removed and made anew since."""
    global _mapped
    try:
        with _opened() as file:
            _mapped = mmap.mmap(file, SIZE, prot=mmap.PROT_READ)
    except (OSError, ValueError):  # the last: emptied in this moment
        _mapped = None


@contextmanager
def _opened():
    """Yield a descriptor of the file; a new one is filled with zeros, another's bytes stay."""
    settings.STAMP_FILE.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(settings.STAMP_FILE, os.O_RDWR | os.O_CREAT, 0o664)
    try:
        os.ftruncate(file, SIZE)
        yield file
    finally:
        os.close(file)
