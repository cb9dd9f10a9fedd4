"""Two people publish two pages at one address in the same moment: one is refused."""

import threading
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from content import publishing
from content.models import Version
from content.publishing import addresses
from tests.support.pages import make_page

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
LONGEST_WAIT = 2  # seconds; where they stand in line, the first waits this long for one that cannot come


@pytest.fixture
def at_once(monkeypatch):
    """Let both have saved their Version before either looks for a clash, if they can."""
    both, settle = threading.Barrier(2), addresses.settle

    def wait_and_settle(*args, **options):
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=LONGEST_WAIT)
        settle(*args, **options)

    monkeypatch.setattr(addresses, "settle", wait_and_settle)


def test_one_address_never_has_two_pages(at_once):
    first = publishing.record(page := make_page("/fees/"))
    page.path = "/costs/"
    page.save()
    second, refused = publishing.record(make_page("/fees/")), []

    def publish(version):
        try:
            publishing.publish(version, change=Version.Change.WORDING)
        except ValidationError as error:
            refused.extend(error.messages)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=[version]) for version in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Version.objects.current().filter(path="/fees/").count() == 1
    assert len(refused) == 1 and "is also live at /fees/" in refused[0]
