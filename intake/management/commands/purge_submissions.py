"""Delete messages, and records of looks, whose time is over. The web process does the same once a day."""

from django.core.management.base import BaseCommand

from intake import retention
from intake.models import Submission


class Command(BaseCommand):
    help = "Delete messages and looks older than the days in the message settings. Kept messages stay."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, delete nothing")

    def handle(self, *, dry_run, **options):
        counts = retention.purge(is_dry_run=dry_run)
        verb = "would be deleted" if dry_run else "deleted"
        for status in Submission.Status:
            self.stdout.write(f"{status.label}: {counts[status]} {verb}")
        self.stdout.write(f"Together: {counts.total()} {verb}")
        self.stdout.write(f"Records of looks: {retention.purge_looks(is_dry_run=dry_run)} {verb}")
