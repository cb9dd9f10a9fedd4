"""Fixtures that all tests share: real browser arguments, the starting pages, no network beyond loopback."""

import gc
import os
import shutil
import socket
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connections, transaction
from django.test import Client

from content import starter
from content.caching import memory, public_state
from content.models import Helpline
from intake.models import IntakeSettings, KeyCheck
from intake.outbox import delivery
from intake.receiving import newest_message, readiness
from tests.support import starting_site
from tests.support.mail_server import Postbox
from tests.support.scheduling import SharedTogether

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's own event loop runs beside the tests
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return SharedTogether(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put tests that really commit last: they empty the database at their end, the roles included."""
    items.sort(key=_commits)


def pytest_collection_finish():
    """Have the garbage collector pass over what lives to the end: its rounds took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _commits(item):
    if "lasting_site" in item.fixturenames:
        return 2
    marker = item.get_closest_marker("django_db")
    is_marked = bool(marker and marker.kwargs.get("transaction"))
    return int(is_marked or "transactional_db" in item.fixturenames or "live_server" in item.fixturenames)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse every connection that is not to this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test wants to reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Clear away what a run that was killed left beside its SQLite file; Django removes the file alone."""
    name = connections["default"].settings_dict["TEST"]["NAME"]
    for leftover in ("-wal", "-shm") if name else ():
        Path(f"{name}{leftover}").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let each connection find the rows that migrations made: with Playwright's loop Django opens another."""
    with django_db_blocker.unblock():
        connection = connections["default"]
        rows = getattr(connection, "_test_serialized_contents", None)  # none when no test commits for real
        if rows is not None:
            type(connection)._test_serialized_contents = rows


@pytest.fixture(autouse=True)
def initial_data_survives(django_db_serialized_rollback):
    """Give tests with real commits the rows that migrations made, which such tests flush at their end."""


@pytest.fixture(autouse=True)
def fresh_memory():
    """Begin as a process that has just started: what is remembered is of another test's database."""
    public_state.forget()
    memory.forget()
    cache.clear()


@pytest.fixture(scope="session")
def starting_answers(starting_rows, django_db_blocker):
    """The answers of a new site by path, made once: pages, form, a wrong address, robots, sitemap."""
    with django_db_blocker.unblock(), transaction.atomic():
        starting_site.copy(starting_rows)
        paths = [data["path"] for data in starter.page_files()]
        others = ["/contact/", "/no-such-page/", "/robots.txt", "/sitemap.xml"]
        answers = {path: Client().get(path) for path in paths + others}
        lines = Helpline.objects.filter(is_published=True)
        answers["numbers"] = {
            href for line in lines for href in (line.tel_href, line.tty_href, line.sms_href) if href
        }
        transaction.set_rollback(True)
    public_state.forget()
    memory.forget()
    return answers


@pytest.fixture(scope="session")
def starting_rows(django_db_setup, django_db_blocker):
    """The rows of the starting pages, loaded once in each process."""
    with django_db_blocker.unblock():
        return starting_site.loaded_rows()


@pytest.fixture
def starting_pages(db, starting_rows):
    """The site as a new installation has it."""
    starting_site.copy(starting_rows)


@pytest.fixture(scope="session")
def read_once():
    """What was remembered of the starting pages in earlier tests of this process."""
    return {}


@pytest.fixture
def unchanged_pages(starting_pages, read_once, monkeypatch):
    """The same for tests that change nothing public: what pages share is read once, not at each request."""
    monkeypatch.setattr(memory, "in_transaction", lambda: False)
    monkeypatch.setattr(memory, "_kept", read_once)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    # The same engine without the frame of a browser, where it is there: a fifth less work.
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": program, "args": quiet}


@pytest.fixture
def postbox(settings):
    """A mail server on loopback that the site is set to use."""
    box = Postbox()
    box.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = box.hostname, box.port
    yield box
    if box._thread:
        box.stop()


@pytest.fixture(autouse=True)
def process_without_memory(monkeypatch):
    """Every test is a process of its own: nothing read, sent or proved before."""
    monkeypatch.setattr(delivery._process, "taken", {})
    monkeypatch.setattr(delivery._process, "beat", None)
    monkeypatch.setattr(IntakeSettings, "_seen_last", None)
    monkeypatch.setattr(KeyCheck, "_proved_keys", None)
    monkeypatch.setattr(readiness._last, "problem", "")
    monkeypatch.setattr(readiness._last, "unreadable", "")
    newest_message.forget()
    monkeypatch.setattr(readiness._last, "at", None)
