"""Emails to the owners about the installation itself. Used by storing_alarm.py and report_failure."""

import logging
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage

from intake.failures import named
from vtc_site.staff.roles import ROLES

logger = logging.getLogger(__name__)


def addresses():
    """Return the addresses of the active owners."""
    owners = get_user_model().objects.filter(is_active=True, groups__name=ROLES["owner"].group)
    return [owner.email for owner in owners.exclude(email="").order_by("pk")]


def mail(subject, body, address):
    """Return an email to one owner: none sees the address of another."""
    headers = {"Message-ID": f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"}
    return EmailMessage(subject, body, to=[address], headers=headers | settings.STAFF_MAIL_HEADERS)


def tell(subject, body, addresses):
    """Send the email to each, and return how many were taken; a refusal keeps it from nobody else."""
    taken = 0
    for address in addresses:
        try:
            taken += mail(subject, body, address).send()
        except (OSError, ValueError) as error:
            logger.error("An owner could not be notified: %s", named(error))
    return taken
