"""Delete expired messages and access log entries. The web process does the same once a day."""

from django.core.management.base import BaseCommand

from intake import retention
from intake.models import Submission


class Command(BaseCommand):
    help = (
        "Delete messages and access log entries older than the message settings say. Messages on hold stay."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, delete nothing")

    def handle(self, *, dry_run, **options):
        counts = retention.purge(is_dry_run=dry_run)
        verb = "would be deleted" if dry_run else "deleted"
        for status in Submission.Status:
            self.stdout.write(f"{status.label}: {counts[status]} {verb}")
        self.stdout.write(f"Total: {counts.total()} {verb}")
        self.stdout.write(f"Access log entries: {retention.purge_access_log(is_dry_run=dry_run)} {verb}")
