"""What /healthz/ and the staff's start page say of the site: reasons why it fails, and warnings.

A reason stops storing, reading or telling; a warning will do so one day, and changes no status. Used by
views.health, admin_site and background.
"""

import ipaddress
import logging
import shutil
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection
from django.urls import reverse

from content.caching import public_state
from intake.failures import named
from intake.outbox import canary, delivery
from intake.receiving import readiness
from vtc_site.backups import last_backup

logger = logging.getLogger(__name__)

MIN_FREE_BYTES = 1024**3
OF_POSTGRESQL = Path("/var/lib/postgresql")
MAY_SEE = "auth.change_user"
MAX_BEAT_SECONDS = 15 * 60  # of the background thread


def state():
    """Return everything a monitor on this machine may read; `ok` is False when there is a reason."""
    found = {"database": database_answers()}
    if found["database"]:
        found |= _outbox(found)
    reasons = list(_reasons(found))
    return {"ok": not reasons, **found, "reasons": reasons, "warnings": warnings(found)}


def database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseFailure:
        return False
    return True


def _outbox(found):
    try:
        return delivery.health()
    except DatabaseFailure as error:
        logger.error("The outbox could not be read: %s", named(error))
        found["database"] = False
        return {}


def _reasons(found):
    if not found["database"]:
        yield "The database does not answer."
        return
    if problem := readiness.fresh_problem() or readiness.unreadable():
        yield problem
    if found["untold"]:
        yield untold_problem(found)
    if (found["thread_beat_seconds"] or 0) > MAX_BEAT_SECONDS:
        yield "The background thread of this process hangs: restart the site."


def warnings(found):
    """Return what an operator should do soon, a sentence each."""
    texts = [disk_is_low(), *telling_problems(found)]
    if found["database"]:
        texts += [last_backup.age_problem(), canary.problem()]
    return [text for text in texts if text]


def untold_problem(found):
    count = found["untold"]
    return f"Staff have not been told of {count} message(s) for more than 15 minutes." if count else ""


def telling_problems(found):
    """Return why staff may not hear of a message, a sentence each; doctor asks for them too."""
    failed = found.get("failed")
    texts = {
        "Nobody would be notified of a new message.": found.get("nobody_to_tell"),
        "The mail server refuses an email address of staff.": found.get("refused_addresses"),
        f"{failed} notice(s) to staff failed more than once; Notifications in the admin say how.": failed,
    }
    return [text for text, is_so in texts.items() if is_so]


def log_warnings():
    """Write every warning into the log. One of the background jobs."""
    for text in warnings(state()):
        logger.warning("%s", text)


def items(found):
    """Return what owners see on the start page of a `state`: warnings, and why messages cannot be told."""
    texts = [*found["reasons"], *found["warnings"]]
    rows = [{"text": text, "link": reverse("admin:index"), "note": "", "is_late": True} for text in texts]
    return [{"title": "For whoever runs the site", "rows": rows, "count": len(rows)}] if rows else []


def disk_is_low():
    """Say which disk has too little room, as far as this machine has the database's files; else ""."""
    for place in [*_places_of_the_database(), settings.BASE_DIR]:
        free = shutil.disk_usage(place).free
        if free < MIN_FREE_BYTES:
            return (
                f"Only {free // 1024**2} MiB are free on the disk of {place}: messages stop when it is full."
                " Remove what nobody needs, or make it larger."
            )
    return ""


def _places_of_the_database():
    """Return folders of this machine with its files; Debian's of PostgreSQL may be on a disk of their own."""
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        return [file.parent] if file.exists() else []
    is_here = connection.settings_dict["HOST"] in ("", "localhost", "127.0.0.1", "::1")
    return sorted(OF_POSTGRESQL.glob("*/*")) if is_here else []


def can_serve():
    """Whether this process can show public pages: from the database, or as it knows them."""
    return public_state.known() is not None or database_answers()


def is_asked_by_this_machine(request):
    """Whether nobody but the machine itself can read the answer: no proxy stands between."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    address = request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback
