"""Tells people by e-mail that their sign-in was changed. Used by admin.py and views.py.

An owner can open a colleague's account, as somebody must when a phone is lost. That nobody acts in another's
name unnoticed, the colleague is told, at the old address too. The mail names nobody and has no link.
"""

import logging

from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)

WAIT_SECONDS = 5  # for the mail server, while somebody waits for the page
GIVEN_ANEW = "Your account was given a new one-time password. The old one does not work any more."
STEP_SET_BACK = "The second step of your sign-in was set back. You set up a phone at your next sign-in."
ADDRESS_CHANGED = "The e-mail address that you sign in with was changed."
SET_BY_LINK = "Your password was changed with a link that was sent to this address."


def tell(user, what, *, also_to=""):
    """Send `what` to `user`, and to the address `also_to`; return whether the mail server took it."""
    text = f"{what}\n\nDid you not expect this? Then tell an owner of the site at once.\n"
    headers = {"Auto-Submitted": "auto-generated"}
    letters = [
        EmailMessage("Your sign-in was changed", text, to=[address], headers=headers)
        for address in sorted({user.email, also_to} - {""})
    ]
    try:
        get_connection(timeout=WAIT_SECONDS).send_messages(letters)
    except OSError as error:
        logger.error("Nobody could be told of a changed sign-in: %s", type(error).__name__)
        return False
    return bool(letters)
