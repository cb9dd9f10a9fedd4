"""Reads the site's address and the senders of email from the environment. Used by settings.py.

One that can be read in two ways is refused at the start, with the way to write it: found later it would be an
endless redirect, or emails that never leave.
"""

import ipaddress
import re
from email.utils import formataddr
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.mail.message import sanitize_address

DEFAULT_PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
# What the older rules for names in other alphabets (RFC 3490), which Python has, make another name of.
DIFFERENT_BY_RULES = re.compile("[ßς\u200c\u200d]")
ATOM, LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = re.compile(rf"(?=.{{1,64}}@){ATOM}(?:\.{ATOM})*@{LABEL}(?:\.{LABEL})*")
# Browsers take it for an address and write that: 127.1 is 127.0.0.1.
ENDS_IN_A_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")


def site_url(text):
    """Return `text` as browsers write it: small letters, no usual port, other alphabets as xn--…"""
    try:
        parts = urlsplit(text.strip().rstrip("/"))
        name, port = host(parts.hostname or ""), parts.port
    except ValueError:
        parts = name = port = None
    has_more = parts and (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    if not parts or parts.scheme not in DEFAULT_PORTS or has_more or port == 0:
        raise ImproperlyConfigured(
            "SITE_URL must be a scheme and a host, such as https://www.example.org\n"
            "  1. Did https:// get lost?  2. Is there a path after the host, or a name before it?\n"
            "  3. An IPv6 address is written in brackets.  4. A host with ß is written as xn--…"
        )
    is_usual = port in (None, DEFAULT_PORTS[parts.scheme])
    return f"{parts.scheme}://{name}" + ("" if is_usual else f":{port}")


def host(text):
    """Return one spelling of a host, as browsers send it; raise `ValueError` for what is none."""
    text = text.strip().strip("[]")
    if ":" in text and "%" not in text:
        return f"[{ipaddress.IPv6Address(text).compressed}]"
    if DIFFERENT_BY_RULES.search(text.lower()):
        raise ValueError("write it as xn--")
    name = text.rstrip(".").encode("idna").decode().lower()
    if not HOST.fullmatch(name):
        raise ValueError("not a host")
    return str(ipaddress.IPv4Address(name)) if ENDS_IN_A_NUMBER.fullmatch(name) else name


def allowed_host(text):
    """Return an entry of ALLOWED_HOSTS in that spelling; `*` and `.example.org` are patterns of Django."""
    text = text.strip()
    try:
        return text if text == "*" else "." * text.startswith(".") + host(text.removeprefix("."))
    except ValueError:
        raise ImproperlyConfigured(
            f"ALLOWED_HOSTS: {text!r} is no host. Write names without https:// and port, with commas between;"
            " .example.org stands for all names below it."
        ) from None


def sender(name, text):
    """Return the sender `text` of the setting `name`, if every mail server can read it."""
    address = _address_in(text)
    try:
        sanitize_address(text, "utf-8")
        is_plain = text.isprintable() and ADDRESS.fullmatch(address)
    except (ValueError, IndexError, TypeError):  # of the parser, which names no kind of its own
        is_plain = False
    if is_plain:
        return text
    raise ImproperlyConfigured(
        f"{name} cannot be read as one sender.\n  Write it as {name}={_way_to_write(_closed(text))}\n"
        "  1. A name with a comma, a dot or an @ stands in quotation marks.\n"
        "  2. The address has letters a to z alone; a host in another alphabet is written as xn--…"
    )


def _address_in(text):
    inside = re.search(r"<([^<>]*)>\s*\Z", text)
    return inside[1].strip() if inside else text.strip()


def _closed(text):
    return f"{text}>" if "<" in text and ">" not in text else text


def _way_to_write(text):
    local, at, domain = _address_in(text).rpartition("@")
    try:
        plain = f"{local}{at}{host(domain)}" if at else "website@example.org"
    except ValueError:
        plain = "website@example.org"
    plain = plain if ADDRESS.fullmatch(plain) else "website@example.org"
    shown = re.sub(r"\s*<[^<>]*>\s*\Z", "", text) if "<" in text else ""
    shown = "".join(filter(str.isprintable, shown)).strip(' "')
    return formataddr((shown, plain), "utf-8") if shown.isascii() else plain
