"""Runs in a process of the measured site: what a page costs that is not in memory, and growth."""

import statistics
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from content import publishing  # noqa: E402
from content.caching import memory, public_state, site_facts  # noqa: E402
from content.models import Page, Version  # noqa: E402
from tests.bench.site import PATH  # noqa: E402
from tests.support.wsgi import ask  # noqa: E402
from vtc_site.page_cache import PageCache  # noqa: E402

HOST = settings.SITE_URL.partition("://")[2]


def cpu(work, times=60):
    """Return the median milliseconds of CPU that `work` takes."""
    work(), work()
    spent = []
    for _ in range(times):
        begun = time.process_time()
        work()
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent)


def queries(work):
    work()
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


def ours_and_plain():
    application = get_wsgi_application()
    ours = lambda: ask(application, PATH, host=HOST)  # noqa: E731
    kept = PageCache(application)
    from_memory = lambda: ask(kept, PATH, host=HOST)  # noqa: E731
    assert ours().status == 200
    print(f"page from memory: {cpu(from_memory, 500):.3f} ms CPU, {queries(from_memory)} queries")
    print(f"page not in memory: {cpu(ours):.2f} ms CPU, {queries(ours)} queries")
    with override_settings(ROOT_URLCONF="tests.bench.plain_page"):
        assert ours().status == 200
        print(f"plain Django page: {cpu(ours):.2f} ms CPU, {queries(ours)} queries")
        plain = cpu(ours)
    print(f"ours / plain: {cpu(ours) / plain:.2f}")


def grow():
    page = Page.objects.get(path=PATH)
    for number in (11, 100, 1000):
        _add_pages(number)
        _tell(f"{Page.objects.count()} pages")
    live = page.versions.order_by("-live_from").first()
    earlier = [live.live_from - timedelta(days=number + 1) for number in range(1000)]
    _add_versions((page, number + 1000, live.snapshot, start) for number, start in enumerate(earlier))
    _tell("and 1000 more Versions of this page")


def _add_pages(until):
    text = {"heading": "h", "title": "t", "lede": "l", "description": "d"}
    numbers = range(Page.objects.count(), until)
    Page.objects.bulk_create(
        Page(path=f"/more-{number}/", short_name=f"s{number}", **text) for number in numbers
    )
    new = Page.objects.filter(path__startswith="/more-", versions=None)
    _add_versions((page, 1, publishing.take_snapshot(page), timezone.now()) for page in new)


def _add_versions(rows):
    fields = ("page", "number", "snapshot", "live_from")
    Version.objects.bulk_create(Version(**dict(zip(fields, row, strict=True))) for row in rows)


def _tell(what):
    application = get_wsgi_application()
    show = lambda: ask(application, PATH, host=HOST)  # noqa: E731
    begun = time.process_time()
    public_state.look(), memory.forget(), site_facts.current()
    anew = (time.process_time() - begun) * 1000
    print(f"{what}: {cpu(show):.2f} ms CPU, {queries(show)} queries; facts read anew in {anew:.1f} ms")


if __name__ == "__main__":
    {"pages": ours_and_plain, "growth": grow}[sys.argv[1]]()
