"""Which addresses outside this site a link may have, and where the leave button may lead.

For the fields of shared facts, the links of the footer, and the checks of pages.
"""

import re
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models

# Words in an address that would tell whoever looks over a shoulder what somebody just read.
TELLING = re.compile(
    r"heroin|drug|opioid|opiate|fentanyl|alcohol|addict|rehab|recover|detox|treatment|therap|mental|suicid|crisis"
    r"|overdose|naloxone|methadone|clinic|health|adicc|droga|sobredosis",
    re.IGNORECASE,
)


OUTSIDE = re.compile(r"(?:https?|mailto|tel|sms):", re.IGNORECASE)
AT_HOME = re.compile(r"(?:^|\.)(?:localhost|local|internal|lan|home|intranet|localdomain)\.?\Z")
A_NUMBER = re.compile(r"\+?[\d().\s-]*(?:;ext=\d+)?", re.IGNORECASE)
FEWEST_DIGITS = 3  # as 911 has
_check_url = URLValidator(schemes=["http", "https"])


def leads_outside(address):
    """Whether `address` is one that link_problem() knows about; the others are of this site, or none."""
    return bool(OUTSIDE.match(address))


def link_problem(address):
    """Say in plain words why a link to `address`, outside this site, is of no use; "" if it may be."""
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "mailto":
        return _mail_problem(unquote(rest.partition("?")[0]))
    if scheme.lower() in ("tel", "sms"):
        return _number_problem(unquote(rest.partition("?")[0]))
    return _site_problem(address)


def _mail_problem(addresses):
    try:
        for each in addresses.split(","):
            validate_email(each.strip())
    except ValidationError:
        return "This link has no email address that mail can reach. Write one, as in mailto:name@example.org."
    return ""


def _number_problem(number):
    if A_NUMBER.fullmatch(number) and sum(each.isdecimal() for each in number) >= FEWEST_DIGITS:
        return ""
    return "This link has no number to call. Write it in digits, as in tel:+18185550100."


def _site_problem(address):
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if not host:
        return "This address names no site. Copy it from the address bar of your browser."
    if "@" in parts.netloc:
        return "Delete what is before the @: everybody would see a name or a password there."
    if _is_ip(host):
        return "Write the name of the site, not the number of its machine."
    if "." not in host.rstrip(".") or AT_HOME.search(host):
        return "This address works only in your own network. Copy the one that everybody can open."
    try:
        _check_url(address)
    except ValidationError:
        return "This is no full web address. Copy it from the address bar of your browser."
    return ""


def _is_ip(host):
    """Whether `host` is a number, however browsers take one: 127.1 and 0x7f000001 are the same machine."""
    try:
        ip_address(host)
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2]
        return bool(re.fullmatch(r"\d+|0x[0-9a-f]*", last))
    return True


def check_link(address):
    """Raise `ValidationError` if a link to `address` leads nowhere. The validator of fields."""
    if problem := link_problem(address):
        raise ValidationError(problem, code="invalid")


def leave_problem(url):
    """Say why the leave button may not lead to `url`, apart from what its field says; "" if it may."""
    if not url.lower().startswith("https://"):
        return "Use an address that begins with https://"
    if link_problem(url):
        return ""
    if urlsplit(url).hostname == urlsplit(settings.SITE_URL).hostname:
        return "This is our own site. Choose one that has nothing to do with it."
    if found := TELLING.search(url):
        return f"“{found[0]}” in the address tells what somebody read here. Choose a harmless site."
    return ""


class WebAddressField(models.URLField):
    """A URL that every browser opens; what staff type without a scheme is taken as https."""

    default_validators = [check_link]

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})
