"""Bring a backup back into an empty, migrated database."""

import os
import subprocess
import sys

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vtc_site import backups


class Command(BaseCommand):
    help = "Put the rows of FILE into this database: after `migrate`, before staff are added."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--into", metavar="URL", help="another, empty database; this one is not touched")

    def handle(self, *, file, into, **options):
        if into:
            self._restore_elsewhere(file, into)
            return
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

    def _restore_elsewhere(self, file, url):
        """Migrate and fill another database, in processes whose DATABASE_URL is `url`."""
        for command in (["migrate", "--verbosity", "0"], ["restore", os.path.abspath(file)]):
            done = subprocess.run(  # noqa: S603 - our own commands
                [sys.executable, "manage.py", *command],
                cwd=settings.BASE_DIR,
                env=os.environ | {"DATABASE_URL": url},
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise CommandError(done.stderr.strip().splitlines()[-1])
        self.stdout.write(done.stdout.strip())
