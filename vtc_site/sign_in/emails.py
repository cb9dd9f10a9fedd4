"""Tells people by email what happened to their sign-in. Words: templates/emails/vtc_site/. Used by events.py.

An owner can open a colleague's account, as somebody must when a phone is lost. So that nobody acts in their
name unnoticed, the colleague is told, at the old address too. The mail names nobody and has no link.
"""

import logging
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from intake.failures import named

logger = logging.getLogger(__name__)

WAIT_SECONDS = 5  # for the mail server, while somebody waits for the page


def tell(user, name, *, also_to=""):
    """Send the email `name` to `user` and to the address `also_to`; return whether the server took the first.

    One that is refused, or that nobody can write to, keeps nothing from the other.
    """
    addresses = dict.fromkeys(address for address in (user.email, also_to) if address)
    taken = [_is_taken(mail(name, address)) for address in addresses]
    return bool(taken) and taken[0]


def _is_taken(mail):
    try:
        get_connection(timeout=WAIT_SECONDS).send_messages([mail])
    except (OSError, ValueError) as error:
        logger.error("Somebody could not be told of a changed sign-in: %s", named(error))
        return False
    return True


def mail(name, address, **context):
    """Return the email `name` to one `address`."""
    subject, body = (
        render_to_string(f"emails/vtc_site/{name}.{part}.txt", context).strip()
        for part in ("subject", "body")
    )
    message_id = f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"  # Django names the machine
    headers = {"Message-ID": message_id, **settings.STAFF_MAIL_HEADERS}
    return EmailMessage(subject, f"{body}\n", settings.SIGN_IN_FROM_EMAIL, to=[address], headers=headers)
