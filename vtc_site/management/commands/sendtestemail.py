"""Django's own command, which sends a test email; a mail server that takes none is told in words here."""

import re
import smtplib

from django.conf import settings
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
            raise CommandError(
                f"Nothing was sent: {reason(error)}. {_answer(error)}{_way_out(error)}"
            ) from error
        self.stdout.write("The mail server took it. Did it arrive?")


def _answer(error):
    """Return what the mail server said, without addresses and what the site signs in with."""
    code, said = getattr(error, "smtp_code", 0), getattr(error, "smtp_error", b"")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), (0, b""))
    words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    for secret in filter(None, (settings.EMAIL_HOST_PASSWORD, settings.EMAIL_HOST_USER)):
        words = words.replace(secret, "…")
    words = " ".join(re.sub(r"\S+@\S+", "…", words).split())
    return f"It said: {code} {words}. " if code > 0 else ""


def _way_out(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return RECIPIENT + LATER
    if isinstance(error, smtplib.SMTPSenderRefused):
        return SENDER + LATER
    return (
        "Check host, port, and login in EMAIL_URL, and whether the server takes mail from DEFAULT_FROM_EMAIL."
    )
