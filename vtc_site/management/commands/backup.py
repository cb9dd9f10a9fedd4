"""Write the whole database into one encrypted file: for a daily job, and before an upgrade."""

from django.core.management.base import BaseCommand, CommandError

from vtc_site import backups


class Command(BaseCommand):
    help = "Write everything into FILE, encrypted with FIELD_ENCRYPTION_KEYS and readable by its owner only."

    def add_arguments(self, parser):
        parser.add_argument("file", help="a new file, such as backup-2027-01-31.vtc")

    def handle(self, *, file, **options):
        try:
            count = backups.write(file)
        except (backups.BackupError, OSError) as error:  # the name is taken, no such folder, disk full
            raise CommandError(f"No backup was written. {error}") from error
        self.stdout.write(
            f"{count} rows in {file}. Keep the encryption keys apart from it: both together open it."
        )
