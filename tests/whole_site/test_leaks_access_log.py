"""What `make serve` writes while it serves: no address, query, referrer, browser, secret or typed word."""

import http.client
import os
import subprocess
import time
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from content import starter
from content.models import Version
from content.publishing import preview_links
from intake.models import Submission
from tests.drills.kills import free_port
from tests.support.messages import filled_in
from tests.support.staff import make_staff

CANARY = "Kanarienvogel"
WITHIN_SECONDS = 60
ADDRESS = "203.0.113.77"
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "User-Agent": CANARY,
    "Referer": f"https://{CANARY}.example/",
    "Cookie": f"visitor={CANARY}",
    "X-Forwarded-For": ADDRESS,
    "X-Canary": CANARY,
}
TYPED = ["/{}/", "/contact/{}", "/contact/?q={}", "/preview/{}/", "/admin/{}/", "/static/{}.css"]
pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def server(transactional_db, tmp_path):
    """Run the server as `make serve` does, on the database of the test; return its port and log."""
    starter.load()  # before: a server that starts meanwhile finds the database busy, and says so
    port, log = free_port(), tmp_path / "log"
    database = f"sqlite:///{connection.settings_dict['NAME']}"
    place = {"BIND": "127.0.0.1", "PORT": str(port), "WORKERS": "1", "DATABASE_URL": database}
    with log.open("wb") as file:
        process = subprocess.Popen(
            [".ci/start-server"], env=os.environ | place, cwd=settings.BASE_DIR, stdout=file, stderr=file
        )
    yield port, log
    process.terminate()
    process.wait(timeout=WITHIN_SECONDS)


def ask(port, method, path, body=None):
    """Return the status of a request; ask again while the server starts."""
    until = time.monotonic() + WITHIN_SECONDS
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WITHIN_SECONDS)
        with suppress(ConnectionRefusedError):
            connection.request(method, path, body, HEADERS)
            status = connection.getresponse().status
            connection.close()
            return status
        assert time.monotonic() < until, "the server does not start"
        time.sleep(0.1)


def lines_of(log, count):
    """Return the lines of the access log once there are as many as requests: it is written a moment later."""
    until = time.monotonic() + WITHIN_SECONDS
    while len(lines := [line for line in log.read_text().splitlines() if line.endswith(" ms")]) < count:
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.05)
    return lines


def test_log_of_the_server_names_pages_and_nothing_of_visitors(server):
    port, log = server
    link = preview_links.share(Version.objects.first(), author=make_staff())
    ours = ["/withdrawal/", "/contact/", f"/preview/{link.token}/", "/static/css/site.css"]
    assert [ask(port, "GET", path) for path in ours] == [200] * len(ours)
    for path in TYPED:
        ask(port, "GET", path.format(CANARY))
    texts = {name: f"{CANARY} {name}" for name in ("name", "message", CANARY)}
    assert ask(port, "POST", f"/contact/?{CANARY}=1", urlencode(filled_in(**texts))) == 303
    assert ask(port, "POST", f"/contact/{CANARY}/", CANARY) == 404
    assert ask(port, "POST", "/search/", urlencode({"words": CANARY})) == 200
    assert CANARY in Submission.objects.get().message

    lines = lines_of(log, len(ours) + len(TYPED) + 3)
    seen = [line.split(maxsplit=1)[1].rsplit(maxsplit=2)[0] for line in lines]
    for line in ("GET '/withdrawal/' 200", "GET '/preview/…' 200", "GET '/…' 404", "POST '/contact/' 303"):
        assert line in seen
    for secret in (CANARY, str(link.token), ADDRESS, "127.0.0.1", "?"):
        assert not any(secret in line for line in lines)
    assert CANARY not in log.read_text() and str(link.token) not in log.read_text()
