"""Check every page, draft and live; exit code 1 if something must be fixed."""

import sys

from django.core.management.base import BaseCommand

from content import page_checks, publishing
from content.models import Page, Version
from content.publishing import launch as launch_list


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="*", help="addresses of pages, as in /signs/; all without any")
        parser.add_argument("--quiet", action="store_true", help="show errors only")
        parser.add_argument("--launch", action="store_true", help="list what must not go live yet")

    def handle(self, *, paths, quiet, launch, **options):
        if launch:
            self._list_what_is_open()
        else:
            self._check(paths, quiet)

    def _check(self, paths, quiet):
        around, failed = page_checks.Surroundings.read(), 0
        pages = Page.objects.filter(trashed_at=None)
        for page in pages.filter(path__in=paths) if paths else pages:
            for state, snapshot in _texts(page):
                found = page_checks.check(snapshot, around, required_topics=page.required_topics)
                failed += len(page_checks.errors(found))
                self._show(page, state, found, quiet)
        self.stdout.write(f"{failed} error{'' if failed == 1 else 's'}." if failed else "No errors.")
        if failed:
            sys.exit(1)

    def _list_what_is_open(self):
        points = launch_list.open_points()
        for point in points:
            self.stdout.write(f"{point.about}: {point.text}")
        self.stdout.write(
            f"{len(points)} left before launch." if points else "Nothing is left before launch."
        )
        if points:
            sys.exit(1)

    def _show(self, page, state, found, quiet):
        for finding in found:
            if finding.severity == "error" or not quiet:
                place = f"block {finding.block + 1}" if finding.block is not None else finding.field or "page"
                text = f" “{finding.text}”" if finding.text else ""
                self.stdout.write(
                    f"{finding.severity:5} {page.path} ({state}, {place}){text} {finding.message}"
                )


def _texts(page):
    """Return the live text of `page` and its draft, as (name, snapshot); once if they are the same."""
    draft = publishing.take_snapshot(page)
    live = Version.objects.current().filter(page=page).values_list("snapshot", flat=True).first()
    if live is None:
        return [("draft", draft)]
    return [("live and draft", live)] if live == draft else [("live", live), ("draft", draft)]
