"""Encrypt everything with the newest key, so that older ones can be removed. Safe to kill and to repeat."""

from django.core.management.base import BaseCommand

from intake import encryption
from intake.receiving import storing


class Command(BaseCommand):
    help = "Re-encrypt stored texts with the first of FIELD_ENCRYPTION_KEYS; says when older keys can go."

    def handle(self, **options):
        count = encryption.rotate()
        storing.renew_search_hashes()
        self.stdout.write(f"{count} row(s) now use the newest key.")
        left = encryption.rows_with_older_keys()
        if left:
            self.stdout.write(f"{left} row(s) still need an older key: run this again.")
        else:
            self.stdout.write(
                "Every row uses the newest key. Older keys can be removed from the environment."
            )
