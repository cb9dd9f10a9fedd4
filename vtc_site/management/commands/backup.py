"""Write the whole database into one encrypted file: for a daily job, and before an upgrade."""

import zlib

from django.core.management.base import BaseCommand, CommandError

from vtc_site.backups import file_format, writing


class Command(BaseCommand):
    help = "Write everything into FILE, encrypted with FIELD_ENCRYPTION_KEYS and readable by its owner only."

    def add_arguments(self, parser):
        parser.add_argument("file", help="a new file, such as backup-2027-01-31.vtc")
        parser.add_argument("--verify", action="store_true", help="only read FILE and say what it is")

    def handle(self, *, file, verify, **options):
        if verify:
            self._verify(file)
            return
        try:
            count = writing.write(file)
        except (file_format.BackupError, OSError) as error:  # the name is taken, no such folder, disk full
            raise CommandError(f"No backup was written. {error}") from error
        self.stdout.write(
            f"{count} rows in {file}. Keep the encryption keys somewhere else: whoever has both can read it."
        )

    def _verify(self, file):
        try:
            head, count = file_format.verify(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {file_format.why_unreadable(error)}") from error
        except (file_format.BackupError, ValueError, zlib.error) as error:
            raise CommandError(f"{file} cannot be restored: {error}") from error
        release = f"{head['version']}, commit {head['commit'][:12] or 'unknown'}"
        self.stdout.write(f"{file} is complete: {count} rows, made {head['written']} by release {release}.")
