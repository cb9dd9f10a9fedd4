"""Django's own command, which sends a test email; a mail server that takes none is told in words here."""

import smtplib

from django.core.management.base import CommandError
from django.core.management.commands import sendtestemail

from vtc_site.unreachable import reason

LATER = " A number that begins with 4 means for now: try again in some minutes."
RECIPIENT = "The login works. Is the address right? Or does the server write to addresses of its own alone?"
SENDER = "Does the server take mail from DEFAULT_FROM_EMAIL, with the login in EMAIL_URL?"


class Command(sendtestemail.Command):
    def handle(self, *args, **options):
        try:
            super().handle(*args, **options)
        except OSError as error:
            raise CommandError(f"Nothing was sent: {reason(error)}. {_way_out(error)}") from error
        self.stdout.write("The mail server took it. Did it arrive?")


def _way_out(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return RECIPIENT + LATER
    if isinstance(error, smtplib.SMTPSenderRefused):
        return SENDER + LATER
    return (
        "Check host, port, and login in EMAIL_URL, and whether the server takes mail from DEFAULT_FROM_EMAIL."
    )
