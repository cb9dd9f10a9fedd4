"""Whether the last backup is young enough, its file where it was written. For health, doctor, setup_list."""

import os
import socket
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from vtc_site.models import BackupRecord

MAX_AGE = timedelta(days=2)  # of the last backup, before operators are warned
NONE_YET = (
    "There is no backup yet. After install.sh one is made each night, and at once by `systemctl start"
    " vtc-backup`; elsewhere run `manage.py backup FILE` every day."
)


def age_problem():
    """Return a warning when the last backup is too old, or there is none; empty when all is well."""
    last = BackupRecord.objects.order_by("finished_at").last()
    if last is None:
        return "" if settings.DEBUG else NONE_YET
    age = timezone.now() - last.finished_at
    return f"The last backup is {age.days} days old: look at the daily job." if age > MAX_AGE else ""


def is_of_this_machine():
    """Whether the last backup was written here, where `file_problem` can look for its file."""
    return BackupRecord.objects.filter(host=socket.gethostname()).exists()


def file_problem():
    """Say that the file of the last backup is gone from where it was written; empty when it is there."""
    last = BackupRecord.objects.order_by("finished_at").last()
    if last is None or os.path.exists(last.file):
        return ""
    return (
        f"{last.file} is gone, the last backup that this database knows of: is there a copy elsewhere? Make"
        " one now: `systemctl start vtc-backup`, or where install.sh did not run `manage.py backup FILE`."
    )
