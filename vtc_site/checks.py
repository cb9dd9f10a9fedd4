"""Guards that refuse an unsafe installation, each with its remedy. Run by every start and by `make check`."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register

FEWEST_SECRET_CHARACTERS = 50


def is_trial_host(host):
    """Whether `host` can only be reached from the machine itself or a private network."""
    if host in ("localhost", "testserver") or host.endswith((".localhost", ".test", ".example")):
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return address.is_loopback or address.is_private


@register(Tags.security)
def debug_stays_private(app_configs, **kwargs):
    """Refuse DEBUG on a public name: its error pages show what people typed."""
    hosts = [urlsplit(settings.SITE_URL).hostname, *settings.ALLOWED_HOSTS]
    public = [host for host in hosts if not is_trial_host(host)]
    if not settings.DEBUG or not public:
        return []
    return [
        Error(
            f"DEBUG is on while the site answers as {public[0]}.",
            hint="Set DEBUG=False. A debug page shows what visitors typed.",
            id="vtc_site.E001",
        )
    ]


@register(Tags.security)
def public_site_is_encrypted(app_configs, **kwargs):
    """Refuse http on a public name: messages would travel in clear."""
    site = urlsplit(settings.SITE_URL)
    if site.scheme == "https" or is_trial_host(site.hostname):
        return []
    return [
        Error(
            "SITE_URL of a public site is http.",
            hint=f"Set SITE_URL=https://{site.hostname} and give the proxy a certificate.",
            id="vtc_site.E002",
        )
    ]


@register(Tags.security)
def keys_are_long(app_configs, **kwargs):
    """Refuse a short SECRET_KEY, and one that is also used to encrypt messages."""
    errors = []
    if len(settings.SECRET_KEY) < FEWEST_SECRET_CHARACTERS:
        errors.append(
            Error(
                f"SECRET_KEY has fewer than {FEWEST_SECRET_CHARACTERS} characters.",
                hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
                id="vtc_site.E003",
            )
        )
    if settings.SECRET_KEY in settings.FIELD_ENCRYPTION_KEYS:
        errors.append(
            Error(
                "SECRET_KEY is also an encryption key.",
                hint="Keep them apart: whoever can forge a session must not be able to read messages.",
                id="vtc_site.E004",
            )
        )
    return errors


@register(Tags.security)
def staff_need_a_second_factor(app_configs, **kwargs):
    """Refuse to let a password alone open messages, on a site that is not a trial."""
    if settings.STAFF_SECOND_FACTOR or settings.DEBUG or is_trial_host(urlsplit(settings.SITE_URL).hostname):
        return []
    return [
        Error(
            "STAFF_SECOND_FACTOR is off: one stolen password would open every message.",
            hint="Take STAFF_SECOND_FACTOR out of the environment. Staff set their phone up by themselves.",
            id="vtc_site.E006",
        )
    ]


@register(Tags.security)
def mail_leaves_the_machine(app_configs, **kwargs):
    """Refuse a mail backend that only prints or stores, on a site that is not a trial."""
    is_real = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    if settings.DEBUG or is_real or is_trial_host(urlsplit(settings.SITE_URL).hostname):
        return []
    return [
        Error(
            "EMAIL_URL sends no mail: nobody would be told of a new message.",
            hint="Set EMAIL_URL=smtp+tls://USER:PASSWORD@HOST:587",
            id="vtc_site.E005",
        )
    ]
