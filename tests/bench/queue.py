"""Prints how the staff's start page and list of messages slow down with 100,000 messages. Not a test.

    python -m tests.bench.queue [MESSAGES]

It makes a database of its own in a temporary folder and throws it away. The median time of each page,
database included, is shown beside that of the same page without a message, and as a ratio; once as processor
time and once as it passes on the wall, which other work on the machine makes longer.
"""

import os
import sys
import tempfile
import time
from datetime import timedelta
from statistics import median

FOLDER = tempfile.TemporaryDirectory()
os.environ["TEST_DATABASE"] = os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER.name}/bench.sqlite3"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402 - the settings read the lines above

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from intake.models import Attempt, Submission  # noqa: E402
from tests.support.staff import make_staff  # noqa: E402

ROUNDS = 15
LIST = "/admin/intake/submission/"
PAGES = {
    "start page": ("get", "/admin/", {}),
    "list": ("get", LIST, {}),
    "list, what is due": ("get", LIST, {"due": "now"}),
    "list, nobody's": ("get", LIST, {"holder": "nobody"}),
    "list, a colleague's": ("get", LIST, {"holder": "colleague"}),
    "list, closed": ("get", LIST, {"status": "closed"}),
    "list, in Spanish": ("get", LIST, {"language__exact": "es"}),
    "list by promise": ("get", LIST, {"o": "2"}),
    "list, page 100": ("get", LIST, {"p": 100}),
    "numbers, 12 weeks": ("get", f"{LIST}numbers/", {}),
    "search by number": ("post", f"{LIST}search/", {"text": "818 555 0100"}),
    "search by name": ("post", f"{LIST}search/", {"text": "Rivers"}),
}
OPEN_SHARE = 200  # one message in 200 is open: what two busy weeks leave


def main(count):
    call_command("migrate", verbosity=0)
    client = Client()
    client.force_login(make_staff("Owner"))
    empty = {name: _time(client, page) for name, page in PAGES.items()}
    _fill(count)
    print(f"load {os.getloadavg()[0]:<19.1f}processor       ratio         wall         ratio")
    for name, page in PAGES.items():
        pairs = zip(empty[name], _time(client, page), strict=True)
        columns = [f"{was:>8.0f} ->{now:>5.0f} ms{now / was:>7.1f}" for was, now in pairs]
        print(f"{name:22}{'  '.join(columns)}")


def _fill(count):
    now = timezone.now()
    for start in range(0, count, 2000):
        rows = range(start, min(start + 2000, count))
        messages = Submission.objects.bulk_create(_message(number, now) for number in rows)
        Attempt.objects.bulk_create(_attempt(row) for row in messages if row.status != Submission.Status.NEW)


def _message(number, now):
    is_open = number % OPEN_SHARE == 0
    received_at = now - timedelta(minutes=number)
    return Submission(
        reference=f"{number:08}",  # drawn ones would meet sooner or later
        received_at=received_at,
        status=Submission.Status.NEW if is_open else Submission.Status.CLOSED,
        promised_by=received_at + timedelta(hours=2),
        due_at=received_at,
        reason="treatment",
        reply_by="call",
        voicemail="none",
        may_name_us="no",
        best_time="any",
        language="en",
        in_california="yes",
        origin="same",
        name=f"Sam {number}",
        phone=f"818555{number:07}",
        message="I want to stop. What happens first?",
    )


def _attempt(message):
    an_hour_later = message.received_at + timedelta(hours=1)
    return Attempt(submission=message, at=an_hour_later, channel="call", outcome="reached")


def _time(client, page):
    """Return the median processor time and wall time of a page in milliseconds."""
    method, address, fields = page
    spent = []
    for _ in range(ROUNDS):
        began, began_wall = time.process_time(), time.perf_counter()
        answer = getattr(client, method)(address, fields)
        spent.append((1000 * (time.process_time() - began), 1000 * (time.perf_counter() - began_wall)))
        assert answer.status_code == 200, address
    return [median(each) for each in zip(*spent, strict=True)]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
