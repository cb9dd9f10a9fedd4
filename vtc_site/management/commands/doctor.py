"""List everything that would make the site unsafe or silent, with its remedy. Safe to run at any time."""

import getpass
import http.client
import os
import socket
import ssl
import sys
import textwrap
import time
import urllib.error
import urllib.request
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from intake.outbox import delivery
from intake.receiving import readiness
from vtc_site import database_condition, health, tables
from vtc_site.backups import last_backup
from vtc_site.unreachable import reason

PATIENCE_SECONDS = 10
LEAST_CERTIFICATE_DAYS = 14  # certbot renews 30 days before the end
PATHS = ("/healthz/", "/", "/contact/")  # a proxy may answer the first under a name that has no pages
WRONG_NAME = (62, 64)  # of OpenSSL: the certificate is of another host, or of another number
TRY = "`as-vtc .venv/bin/python manage.py sendtestemail ADDRESS` shows what it answers."
SEND = "`as-vtc .venv/bin/python manage.py send_notifications --once` sends all that wait, or says why not."
WHY_NOT_STARTED = "Is PORT another, or the site stopped? `journalctl -u vtc -n 30` says why it does not start"
MAX_CLOCK_DIFFERENCE = timedelta(seconds=30)


class NotCheckedError(Exception):
    """An examination could not be made, which is neither well nor a problem; the message says why."""


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, **options):
        problems = 0
        for name, examine in EXAMINATIONS:
            problems += self._tell(name, examine)
        if problems:
            self.stdout.write(f"Problems: {problems}.")
            sys.exit(1)
        self.stdout.write("No problems.")

    def _tell(self, name, examine):
        """Write what was found, and return the number of problems."""
        try:
            found = list(examine())
        except NotCheckedError as reason:
            self.stdout.write(f"– {name}: not checked, {reason}.")
            return 0
        self.stdout.write(f"{'✗' if found else '✓'} {name}")
        for problem in found:
            self.stdout.write(textwrap.indent(problem, "    "))
        return len(found)


def wrong_settings():
    """Every check of Django and ours, also those for a deployment."""
    yield from _told(checks.run_checks(include_deployment_checks=True))


def database():
    try:
        database_condition.look_at_files()
    except database_condition.DatabaseDamagedError as error:
        yield str(error)
        return
    if problem := database_condition.outage() or tables.problem():
        yield problem
        return
    yield from _told(checks.run_checks(tags=[checks.Tags.database], databases=["default"]))


def _told(found):
    return [f"{each.msg} {each.hint or ''}".strip() for each in found if not each.is_silenced()]


def _needs_the_database():
    if database_condition.outage():
        raise NotCheckedError("the database does not answer")


def storing():
    """Store a row as a message is stored, read it, and prove the key."""
    _needs_the_database()
    if tables.problem():
        raise NotCheckedError("the tables are not those of this release")
    if problem := readiness.examine():
        yield problem


def mail_server():
    """Open each connection and sign in, as a notice to staff does; then look how the last notices fared."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        raise NotCheckedError("EMAIL_URL names none: mail stays on this machine")
    found = list(_connection_problems())
    yield from found
    if found or database_condition.outage() or tables.problem():
        return
    if error := delivery.last_error():
        yield f"It lets the site sign in, but did not take the last notice to staff: {error}. {TRY}"


def _connection_problems():
    for name, arguments in {"EMAIL_URL": {}, "COPY_EMAIL_URL": settings.COPY_EMAIL}.items():
        if name != "EMAIL_URL" and not arguments:
            continue
        server = get_connection(timeout=PATIENCE_SECONDS, **arguments)
        try:
            server.open()
            server.close()
        except OSError as error:
            yield f"The mail server in {name} takes no mail: {reason(error)}. Check host, port, and login."


def notices():
    """Look at the notices that wait: a server that lets the site sign in may still refuse every recipient."""
    _needs_the_database()
    if tables.problem():
        raise NotCheckedError("the tables are not those of this release")
    found = delivery.health()
    if untold := health.untold_problem(found):
        yield f"{untold} {SEND}"
    yield from health.telling_problems(found)


def process():
    """Ask the processes of this machine themselves: a proxy, or its certificate, may hide that they hang."""
    port = os.environ.get("PORT", "8000")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("HEAD", "/healthz/?serve")
        connection.getresponse()
    except ConnectionRefusedError:
        raise NotCheckedError(f"nobody listens at 127.0.0.1:{port}. {WHY_NOT_STARTED}") from None
    except (OSError, http.client.HTTPException) as error:
        yield (
            f"No process answers at 127.0.0.1:{port}: {reason(error)}. systemd starts the site anew after 90"
            " seconds of that; `systemctl restart vtc` does now."
        )
    finally:
        connection.close()


def address():
    """Ask SITE_URL the way visitors do, through whatever stands in front, which may fail to keep a page."""
    answers = (_wrong_answer(f"{settings.SITE_URL}{path}") for path in PATHS)
    return [problem for problem in answers if problem][:1]


def _wrong_answer(url):
    """Return what is wrong with the answer of `url`; empty when nothing is."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310 - http or https
            if answer.url != url:
                return f"{url} leads elsewhere: is SITE_URL the address that the proxy serves?"
            return ""
    except urllib.error.HTTPError as error:
        return f"{url} answers {error.code}{_meaning(error.code, url)}"
    except OSError as error:
        return _no_answer(url, getattr(error, "reason", error))


def _meaning(status, url):
    if status == 503 and url.endswith("/healthz/"):
        return (
            ": no message can be stored or told. See above, or ask PORT itself for why. Nobody answers there?"
            " `journalctl -u vtc -n 30` says why the site does not start."
        )
    if status == 400:
        return (
            ". Does the site still run with other settings? `systemctl restart vtc` after a change of them."
        )
    return ". Is the site running, and does the proxy pass to it?"


def _no_answer(url, cause):
    if isinstance(cause, ssl.SSLCertVerificationError):
        is_wrong_name = getattr(cause, "verify_code", 0) in WRONG_NAME
        lack = f"lacks the name {urlsplit(url).hostname}" if is_wrong_name else "browsers do not trust"
        return (
            f"{url} answers with a certificate that {lack}. When the name leads to this machine, run"
            " docs/deploy/install.sh again: it gets one. It leaves a certificate of your own in"
            " /etc/nginx/vtc/local/certificate.conf as it is: replace that one yourself."
        )
    return f"{url} does not answer: {reason(cause) if isinstance(cause, Exception) else cause}."


def certificate():
    """Look how long the certificate lasts that visitors get."""
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme != "https":
        raise NotCheckedError("SITE_URL has none")
    address = (parts.hostname, parts.port or 443)
    try:
        with (
            socket.create_connection(address, PATIENCE_SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname) as secure,
        ):
            ends = ssl.cert_time_to_seconds(secure.getpeercert()["notAfter"])
    except OSError:
        raise NotCheckedError("it could not be read; see above") from None
    return _certificate_problem(ends)


def _certificate_problem(ends):
    days = int((ends - time.time()) // 86400)
    if days < LEAST_CERTIFICATE_DAYS:
        return [f"The certificate ends in {days} days. Does certbot.timer run? Try: certbot renew --dry-run"]
    return []


def clock():
    """Compare the clock of this machine with that of the database, which may be another machine."""
    if connection.vendor != "postgresql":
        raise NotCheckedError("SQLite has none of its own")
    _needs_the_database()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        difference = abs(cursor.fetchone()[0] - timezone.now())
    if difference > MAX_CLOCK_DIFFERENCE:
        yield f"The clocks of this machine and the database differ by {difference.seconds} s: use NTP."


def disk():
    place, user = settings.BASE_DIR / "var", getpass.getuser()
    if place.exists() and not os.access(place, os.W_OK):
        yield f"{user} may not write {place}, so the next start fails. As root: chown -R {user} {place}"
    if problem := health.disk_is_low():
        yield problem


def server_log():
    if connection.vendor != "postgresql":
        raise NotCheckedError("the database is SQLite")
    _needs_the_database()
    if problem := database_condition.log_problem():
        yield problem


def backup():
    _needs_the_database()
    if settings.DEBUG:
        raise NotCheckedError("none is expected while DEBUG is on")
    if problem := last_backup.age_problem():
        yield problem


def backup_file():
    """Look whether somebody has emptied the folder since then; only the machine that wrote it can see."""
    _needs_the_database()
    if not last_backup.is_of_this_machine():
        raise NotCheckedError("this machine has written none")
    if problem := last_backup.file_problem():
        yield problem


EXAMINATIONS = (
    ("Settings", wrong_settings),
    ("Database, and what is set in it", database),
    ("A message can be stored and read", storing),
    ("PostgreSQL's log keeps no messages", server_log),
    ("Mail server", mail_server),
    ("Staff hear of messages", notices),
    ("The site answers at its port", process),
    ("SITE_URL answers", address),
    ("The certificate lasts", certificate),
    ("Clock", clock),
    ("Disk", disk),
    ("A backup was written lately", backup),
    ("Its file is still there", backup_file),
)
