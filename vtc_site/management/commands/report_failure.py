"""Email the owners that a part of the installation failed. Called by vtc-failed@.service."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vtc_site import owner_mail

BODY = """\
{unit} failed on the server of {site}.

To see why, run there:   journalctl --unit={unit} --since=today
To start it again:       systemctl start {unit}
"""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("unit", help="the name of the systemd unit that failed")

    def handle(self, *, unit, **options):
        addresses = owner_mail.addresses()
        if not addresses:
            raise CommandError("Nobody can be notified: no active staff account has the role owner.")
        body = BODY.format(unit=unit, site=settings.SITE_URL)
        taken = owner_mail.tell(f"Website: {unit} failed", body, addresses)
        if not taken:
            raise CommandError(f"Nobody was notified that {unit} failed: the mail server takes none.")
        self.stdout.write(f"Notified {taken} owners that {unit} failed.")
