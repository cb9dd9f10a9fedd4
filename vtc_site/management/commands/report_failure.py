"""Email the owners that a part of the installation failed. Called by vtc-failed@.service."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError

from intake.failures import named
from vtc_site.staff.roles import ROLES

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
        owners = get_user_model().objects.filter(is_active=True, groups__name=ROLES["owner"].group)
        addresses = [owner.email for owner in owners.order_by("pk")]
        if not addresses:
            raise CommandError("Nobody can be notified: no active staff account has the role owner.")
        body = BODY.format(unit=unit, site=settings.SITE_URL)
        try:
            for address in addresses:
                mail(f"Website: {unit} failed", body, address).send()
        except OSError as error:
            raise CommandError(f"Nobody was notified that {unit} failed: {named(error)}.") from error
        self.stdout.write(f"Notified {len(addresses)} owners that {unit} failed.")


def mail(subject, body, address):
    """Return an email to one owner: none sees the address of another."""
    headers = {"Message-ID": f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"}
    return EmailMessage(subject, body, to=[address], headers=headers | settings.STAFF_MAIL_HEADERS)
