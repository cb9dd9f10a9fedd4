"""Bring a backup back into an empty, migrated database."""

from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError

from vtc_site import backups


class Command(BaseCommand):
    help = "Put the rows of FILE into this database: after `migrate`, before staff are added."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        try:
            count = backups.restore(file)
        except (backups.BackupError, OSError) as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        except InvalidToken as error:
            raise CommandError(
                "Nothing was changed. The file is damaged, or FIELD_ENCRYPTION_KEYS lacks its key."
            ) from error
        self.stdout.write(
            f"{count} rows are back. Staff sign in again; notices that wait go out as one mail."
        )
