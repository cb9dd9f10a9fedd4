"""Tells people by email what happened to their sign-in. Words: templates/emails/vtc_site/. Used by events.py.

An owner can open a colleague's account, as somebody must when a phone is lost. So that nobody acts in their
name unnoticed, the colleague is told, at the old address too. The mail names nobody and has no link.
"""

import logging

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from intake.failures import named

logger = logging.getLogger(__name__)

WAIT_SECONDS = 5  # for the mail server, while somebody waits for the page


def tell(user, name, *, also_to=""):
    """Send the email `name` to `user` and to the address `also_to`; return whether the server took it."""
    mails = [mail(name, address) for address in sorted({user.email, also_to} - {""})]
    try:
        get_connection(timeout=WAIT_SECONDS).send_messages(mails)
    except OSError as error:
        logger.error("Nobody could be told of a changed sign-in: %s", named(error))
        return False
    return bool(mails)


def mail(name, address, **context):
    """Return the email `name` to one `address`."""
    subject, body = (
        render_to_string(f"emails/vtc_site/{name}.{part}.txt", context).strip()
        for part in ("subject", "body")
    )
    return EmailMessage(subject, f"{body}\n", to=[address], headers={"Auto-Submitted": "auto-generated"})
