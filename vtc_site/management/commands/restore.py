"""Restore a backup into an empty, migrated database."""

import os
import subprocess
import sys
import zlib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vtc_site.backups import file_format, restoring


class Command(BaseCommand):
    help = "Put the rows of FILE into this database: after `migrate`, before staff are added."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--deletions-from",
            metavar="FILE",
            help="a later backup: messages that senders deleted before it are deleted again",
        )
        parser.add_argument("--into", metavar="URL", help="another empty database; this one stays as it is")

    def handle(self, *, file, into, deletions_from, **options):
        try:
            if into is not None:
                self._restore_elsewhere(file, into, deletions_from)
                return
            count = restoring.restore(file, deletions_from=deletions_from)
        except file_format.BackupError as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        except OSError as error:
            words = f"{error.filename or file} cannot be read: {file_format.why_unreadable(error)}"
            raise CommandError(f"Nothing was changed. {words}") from error
        except (ValueError, zlib.error) as error:
            raise CommandError("Nothing was changed. The file is damaged.") from error
        self.stdout.write(
            f"{count} rows were restored. Staff must sign in again; waiting notices go out as one email."
        )

    def _restore_elsewhere(self, file, url, deletions_from):
        """Migrate and fill another database, in processes whose DATABASE_URL is `url`."""
        if not url.strip():  # such as a variable of the shell that is not set: settings would choose SQLite
            raise CommandError(
                "Nothing was changed. --into is empty: give the address of the other database."
            )
        file_format.verify(file)  # a damaged one makes no tables there
        later = ["--deletions-from", os.path.abspath(deletions_from)] if deletions_from else []
        for command in (["migrate", "--verbosity", "0"], ["restore", os.path.abspath(file), *later]):
            done = subprocess.run(  # noqa: S603 - our own commands
                [sys.executable, "manage.py", *command, "--skip-checks"],
                cwd=settings.BASE_DIR,
                env=os.environ | {"DATABASE_URL": url},
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise CommandError(f"Nothing was restored into the other database. {_words(done.stderr)}")
        self.stdout.write(done.stdout.strip())


def _words(said):
    """Return what one of our commands said as it failed, about the address that it was given here."""
    words = said.strip().splitlines()[-1] if "Traceback" in said else said.strip()
    return words.removeprefix("CommandError: ").replace("DATABASE_URL", "--into")
