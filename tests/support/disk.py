"""The bytes of the database as they lie on the disk, for tests that look for what must not be there."""

import subprocess
from pathlib import Path

from django.db import connection


def bytes_on_disk():
    """Return the files of the SQLite database, read by another process.

    Closing a file that SQLite has open too drops the locks of this process, and the next program that opens
    the database then takes its shared memory away.
    """
    path = Path(connection.settings_dict["NAME"])
    return subprocess.run(["cat", *path.parent.glob(f"{path.name}*")], check=True, capture_output=True).stdout
