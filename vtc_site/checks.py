"""Guards that refuse an unsafe installation, each with its remedy. Run by every start and by `make check`."""

import ipaddress
import re
from email.utils import getaddresses, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.http.request import split_domain_port, validate_host

from vtc_site import database_condition
from vtc_site.environment import unknown_names

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


@register(Tags.security, deploy=True)
def trial_is_no_site(app_configs, **kwargs):
    """Name what is right for a trial on this machine, and wrong for a site that visitors come to."""
    if urlsplit(settings.SITE_URL).scheme == "http" and not public_site_is_encrypted(None):
        yield Warning(
            "SITE_URL is http, as for a trial: no redirect to https, no secure cookies, no HSTS.",
            hint="For visitors set SITE_URL=https://… and give the proxy a certificate: all three follow.",
            id="vtc_site.W004",
        )
    if settings.DEBUG and not debug_stays_private(None):
        yield Warning(
            "DEBUG is on, as for a developer: error pages show what visitors typed.",
            hint="For visitors set DEBUG=False.",
            id="vtc_site.W005",
        )


@register(Tags.security, deploy=True)
def browsers_insist_on_https(app_configs, **kwargs):
    """Name an HSTS that is switched off where there is https."""
    if settings.SECURE_HSTS_SECONDS or urlsplit(settings.SITE_URL).scheme == "http":
        return []
    return [
        Warning(
            "HSTS_SECONDS is 0: a first visit can be led to a copy of the site without https.",
            hint="Take HSTS_SECONDS out of the environment, which means a day, or raise it.",
            id="vtc_site.W006",
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
    if settings.DEBUG or is_trial_host(urlsplit(settings.SITE_URL).hostname):
        return []
    copies = settings.COPY_EMAIL.get("backend", settings.EMAIL_BACKEND)
    backends = {"EMAIL_URL": settings.EMAIL_BACKEND, "COPY_EMAIL_URL": copies}
    return [
        Error(
            f"{name} sends no mail: nobody would be told of a new message.",
            hint=f"Set {name}=smtp+tls://USER:PASSWORD@HOST:587",
            id="vtc_site.E005",
        )
        for name, backend in backends.items()
        if not backend.endswith("smtp.EmailBackend") and (name == "EMAIL_URL" or settings.COPY_EMAIL)
    ]


@register(Tags.database)
def keys_fit_the_database(app_configs, databases=None, **kwargs):
    """Refuse keys that cannot read what the database holds: every message would be turned away."""
    problem = database_condition.key_problem() if databases else ""
    if not problem:
        return []
    return [
        Error(
            problem,
            hint="Give the service the keys of this database, newest first, separated by commas. Is one lost"
            " for good? `manage.py rotate_encryption_keys` says what is, and ends this.",
            id="vtc_site.E007",
        )
    ]


@register(Tags.database)
def keys_read_every_message(app_configs, databases=None, **kwargs):
    """Name a key that was removed too early: new messages are stored, and some of before cannot be read."""
    if problem := databases and database_condition.missing_key():
        yield Warning(problem, hint="Never remove a key before a rotation says so.", id="vtc_site.W007")


@register(Tags.security)
def site_is_an_allowed_host(app_configs, **kwargs):
    """Refuse an ALLOWED_HOSTS that SITE_URL is not in: every page would answer 400 in silence."""
    host = urlsplit(settings.SITE_URL).netloc
    if settings.DEBUG or validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            f"ALLOWED_HOSTS lacks {host}, the host of SITE_URL: every page would be refused.",
            hint="Add it to ALLOWED_HOSTS, or take ALLOWED_HOSTS out of the environment.",
            id="vtc_site.E008",
        )
    ]


@register(Tags.security)
def allowed_hosts_are_names(app_configs, **kwargs):
    """Refuse entries that can never match, and the one that matches everything."""
    wrong = [host for host in settings.ALLOWED_HOSTS if host == "*" or re.search(r"[/\s]|[^\]:]:\d+$", host)]
    if settings.DEBUG or not wrong:
        return []
    return [
        Error(
            f"ALLOWED_HOSTS has {wrong[0]!r}, which is no host name.",
            hint="Write names without scheme, port and blanks, commas between: clinic.org,www.clinic.org",
            id="vtc_site.E009",
        )
    ]


@register(Tags.security)
def senders_are_addresses(app_configs, **kwargs):
    """Refuse a sender that mail servers refuse: every mail would fail, and so would every notice to staff."""
    return [
        Error(
            f"{name} is not one plain email address.",
            hint='Put a name with a comma into quotes: "Center, Virtual" <website@clinic.org>.'
            " Write a domain with other letters as xn--…",
            id="vtc_site.E010",
        )
        for name in ("DEFAULT_FROM_EMAIL", "COPY_FROM_EMAIL")
        if not _is_one_address(getattr(settings, name))
    ]


def _is_one_address(text):
    addresses = getaddresses([text])
    address = addresses[0][1] if len(addresses) == 1 else ""
    return bool(re.fullmatch(r"[!-~]+@[A-Za-z0-9.-]+", address)) and text.isprintable()


@register(Tags.security)
def settings_are_known(app_configs, **kwargs):
    """Name what is set and never read: a misspelt setting does nothing."""
    return [
        Warning(
            f"{name} is not a setting of this site.",
            hint=f"Did you mean {nearest}?" if nearest else "See .env.example for all of them.",
            id="vtc_site.W001",
        )
        for name, nearest in unknown_names(settings.ENV_FILE)
    ]


@register(Tags.security, deploy=True)
def examples_are_replaced(app_configs, **kwargs):
    """Name settings that still have the example's value."""
    values = {
        "SITE_URL": urlsplit(settings.SITE_URL).hostname,
        "ALLOWED_HOSTS": " ".join(settings.ALLOWED_HOSTS),
        "DEFAULT_FROM_EMAIL": settings.DEFAULT_FROM_EMAIL,
        "COPY_FROM_EMAIL": _chosen_copy_sender(),
        "EMAIL_URL": settings.EMAIL_HOST,
        "COPY_EMAIL_URL": settings.COPY_EMAIL.get("host"),
    }
    return [
        Warning(
            f"{name} still has the example's example.org.",
            hint="Put your own name there: nothing reaches anybody at example.org.",
            id="vtc_site.W002",
        )
        for name, value in values.items()
        if re.search(r"(?<![\w-])example\.(org|com|net)\b", value or "")
    ]


def _chosen_copy_sender():
    """Return COPY_FROM_EMAIL; nothing where it follows from DEFAULT_FROM_EMAIL, which is named already."""
    followed = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return "" if followed == settings.COPY_FROM_EMAIL else settings.COPY_FROM_EMAIL


@register(Tags.security, deploy=True)
def mail_port_fits(app_configs, **kwargs):
    """Name a port that speaks the other kind of encryption: the server would hang or hang up."""
    copies = settings.COPY_EMAIL
    servers = {
        "EMAIL_URL": (settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL),
        "COPY_EMAIL_URL": (copies.get("port"), copies.get("use_tls"), copies.get("use_ssl")),
    }
    return [
        Warning(
            f"{name} uses port {port} with the other kind of encryption.",
            hint="Port 587 goes with smtp+tls://, port 465 with smtp+ssl://.",
            id="vtc_site.W003",
        )
        for name, (port, has_tls, has_ssl) in servers.items()
        if not {465: has_ssl, 587: has_tls}.get(port, True)
    ]
