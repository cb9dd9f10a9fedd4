"""Sends messages while processes are killed and the mail server comes and goes; counts what is left.

Run as `python -m tests.drills.kills --messages 10000`. By SIGKILL die a worker, the whole web server, the
sender, and on PostgreSQL the database too. The drill makes a database of its own: SQLite in a new folder, or
one beside that of DATABASE_URL, on a server that is thrown away afterwards (.ci/with-postgresql).
"""

import argparse
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.site import family, free_port

PERSONS = 8  # who send at the same time
SECONDS_BETWEEN_KILLS = (1, 5)  # a server needs one or two to start
MESSAGES_PER_KILL = 200  # at most: a quick site goes on until enough was killed
RECOVERY_SECONDS = 180
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Report:
    """What the drill promises: `is_kept()` says whether all of it came true."""

    acknowledged: int
    kills: int
    missing: int = 0
    doubled_rows: int = 0
    untold: int = 0
    doubled_mails: int = 0
    seconds: float = 0

    def is_kept(self):
        return not (self.missing or self.doubled_rows or self.untold) and self.doubled_mails <= self.kills

    def __str__(self):
        return (
            f"{self.acknowledged} messages acknowledged in {self.seconds:.0f} s, {self.kills} kills: "
            f"missing {self.missing}, rows too many {self.doubled_rows}, untold {self.untold}, "
            f"mails sent twice {self.doubled_mails}"
        )


class Site:
    """The web server and the separate sender, each in a process group of its own."""

    def __init__(self, environment, port):
        self._environment, self.port = environment, port
        self.kills = 0
        self._lock = threading.Lock()
        self.web, self.sender = self._start_web(), self._start_sender()

    def _start(self, *arguments):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(
            [sys.executable, "-m", *arguments], env=self._environment, start_new_session=True, **quiet
        )

    def _start_web(self):
        options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "2"]
        options += ["--blocking-threads", "8", "--respawn-failed-workers", "--no-ws"]
        return self._start("granian", *options, "tests.drills.site:application")

    def _start_sender(self):
        return self._start("tests.drills.sender")

    def kill_something(self, chance):
        """Kill a worker, the web server or the sender, and start again what nothing else would."""
        with self._lock:
            kind = chance.choice(["worker", "worker", "server", "sender"])
            if kind == "worker" and (workers := family(self.web)[1:]):
                self._kill(os.kill, chance.choice(workers))
            elif kind == "server":
                self._kill(os.killpg, self.web.pid)
                self.web.wait()
                self.web = self._start_web()
            else:
                self._kill(os.killpg, self.sender.pid)
                self.sender.wait()
                self.sender = self._start_sender()

    def _kill(self, kill, process):
        with suppress(ProcessLookupError):
            kill(process, signal.SIGKILL)
            self.kills += 1

    def end(self):
        with self._lock:
            for process in (self.web, self.sender):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def send(port, number):
    """Send one message again and again until the site says thank you, as a person would."""
    # One person each: the same words again after other words from one number are a message of their own.
    body = urlencode({"phone": f"818 555 {number:04d}", "message": f"drill message {number}"})
    while True:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
            try:
                connection.request("POST", "/contact/", body, HEADERS)
                if connection.getresponse().status == 303:
                    return
            finally:
                connection.close()
        time.sleep(0.05)


def send_all(site, messages):
    """Send so many messages or more, from PERSONS at the same time, and return how many."""
    sent = 0
    with ThreadPoolExecutor(PERSONS) as persons:
        while sent < messages or site.kills < messages // MESSAGES_PER_KILL:
            numbers = range(sent, sent + MESSAGES_PER_KILL)
            list(persons.map(lambda number: send(site.port, number), numbers))
            sent += MESSAGES_PER_KILL
    return sent


def wait_until_served(port):
    while True:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        time.sleep(0.1)


@contextmanager
def killing(site, seed, kill_database=None):
    """Kill at random moments as long as the block runs."""
    chance, is_over = random.Random(seed), threading.Event()

    def kill():
        while not is_over.wait(chance.uniform(*SECONDS_BETWEEN_KILLS)):
            if kill_database and chance.random() < 0.2:
                kill_database()
                site.kills += 1
            else:
                site.kill_something(chance)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def prepare(folder, mail_port, *, host="127.0.0.1"):
    """Return the environment of the site, with a migrated database and one member of staff to be told."""
    from cryptography.fernet import Fernet

    port = free_port()
    environment = os.environ | {
        "SECRET_KEY": "drill" * 20,
        "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "SITE_URL": f"http://{host}:{port}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "DEFAULT_FROM_EMAIL": "website@vtc.example",
        "DEBUG": "False",
        "ENV_FILE": os.devnull,
        "DRILL_PROCESS": str(os.getpid()),
        "DJANGO_SETTINGS_MODULE": "tests.drills.drill_settings",
    }
    environment["DATABASE_URL"] = database_of_its_own(folder)
    os.environ.update(environment)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)
    from tests.support.staff import make_staff

    make_staff()
    return environment, port


def database_of_its_own(folder):
    """Return the address of a new, empty database."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        return f"sqlite:///{folder}/drill.sqlite3"
    import psycopg2

    name = f"drill_{random.randrange(10**9)}"
    connection = psycopg2.connect(server)
    connection.autocommit = True  # CREATE DATABASE refuses to run in a transaction
    connection.cursor().execute(f"CREATE DATABASE {name}")
    connection.close()
    return f"{server.rpartition('/')[0]}/{name}"


def wait_until_told():
    """Wait until no notice is left, within the time that a recovery may take."""
    until = time.monotonic() + RECOVERY_SECONDS
    while time.monotonic() < until and somebody_is_untold():
        time.sleep(0.5)


def somebody_is_untold():
    from django.db import Error, connection

    from intake.models import Notification

    try:
        return Notification.objects.filter(sent_at=None).exists()
    except Error:  # the database was killed a moment ago
        connection.close()
        return True


def database_killer():
    """Return a function that kills a process of PostgreSQL, which then restarts at once."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None

    def kill():
        with suppress(Exception):
            connection.close()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                os.kill(cursor.fetchone()[0], signal.SIGKILL)
        connection.close()

    return kill


def count(report, mail_server):
    """Compare what was acknowledged with what is stored and what was mailed."""
    from intake.models import Notification, Submission

    rows = Counter(submission.message for submission in Submission.objects.only("message").iterator())
    wanted = {f"drill message {number}" for number in range(report.acknowledged)}
    report.missing = len(wanted - rows.keys())
    report.doubled_rows = sum(rows.values()) - len(rows)
    report.untold = Notification.objects.filter(sent_at=None).count()
    report.doubled_mails = sum(mail_server.message_ids.values()) - len(mail_server.message_ids)
    return report


def run(messages, *, seed):
    """Do the whole drill and return its Report."""
    from tests.drills.mail_server import FlappingMailServer

    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="vtc-drill-") as folder:
        mail_server = FlappingMailServer(seed)
        environment, port = prepare(folder, mail_server.port)
        site = Site(environment, port)
        try:
            wait_until_served(port)
            with killing(site, seed, database_killer()):
                sent = send_all(site, messages)
            mail_server.stay_up()
            wait_until_told()
            report = Report(acknowledged=sent, kills=site.kills, seconds=time.monotonic() - began)
            return count(report, mail_server)
        finally:
            site.end()
            mail_server.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    report = run(options.messages, seed=options.seed)
    print(f"{report} (seed {options.seed})")
    sys.exit(0 if report.is_kept() else 1)


if __name__ == "__main__":
    main()
