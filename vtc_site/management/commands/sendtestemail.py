"""Django's own command, which sends a test email; a mail server that takes none is told in words here."""

from django.core.management.base import CommandError
from django.core.management.commands import sendtestemail

from vtc_site.unreachable import reason


class Command(sendtestemail.Command):
    def handle(self, *args, **options):
        try:
            super().handle(*args, **options)
        except OSError as error:
            raise CommandError(
                f"Nothing was sent: {reason(error)}. Check host, port, and login in EMAIL_URL, and whether"
                " the server takes mail from DEFAULT_FROM_EMAIL."
            ) from error
        self.stdout.write("The mail server took it. Did it arrive?")
