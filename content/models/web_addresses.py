"""Addresses of other sites in shared facts: how they are typed, and where the leave button may lead."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models

# Words in an address that would tell whoever looks over a shoulder what somebody just read.
TELLING = re.compile(
    r"heroin|drug|opioid|opiate|fentanyl|alcohol|addict|rehab|recover|detox|treatment|therap|mental|suicid|crisis"
    r"|overdose|naloxone|methadone|clinic|health|adicc|droga|sobredosis",
    re.IGNORECASE,
)


def leave_problem(url):
    """Say what is wrong with `url` as the place that the leave button leads to; "" if nothing is."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return "Use an address that begins with https://"
    if parts.hostname == urlsplit(settings.SITE_URL).hostname:
        return "This is our own site. Choose one that has nothing to do with it."
    if found := TELLING.search(url):
        return f"“{found[0]}” in the address tells what somebody read here. Choose a harmless site."
    return ""


class WebAddressField(models.URLField):
    """A URL that every browser opens; what staff type without a scheme is taken as https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
