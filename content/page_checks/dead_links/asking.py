"""Asks another site whether an address answers: politely, and never an address inside our own network.

Called by checking.py. The name is looked up once and exactly that address is connected to, so that a name
cannot change between the look and the call; each redirect is looked at anew.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import contextmanager
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from content.models import OutsideLink

State = OutsideLink.State
TIMEOUT_SECONDS = 5  # of silence
MAX_SECONDS = 10  # of a site that sends a letter now and then
MAX_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
PORTS = {"http": 80, "https": 443}
UNSURE = (401, 403, 405, 406, 408, 425, 429, 451)  # and every failure of the other side: it may be back soon
SAFE = "/%:@!$&'()*+,;=~?"
TRANSLATED = [ipaddress.ip_network(network) for network in ("64:ff9b::/96", "2002::/16", "2001::/32")]


class RefusedError(Exception):
    """We do not ask at this address."""


def ask(url):
    """Return (State, answer in words) of `url`."""
    try:
        status = _status(url)
    except RefusedError as error:
        return State.DEAD, str(error)
    except ssl.SSLCertVerificationError:
        return State.DEAD, "its certificate is not valid"
    except socket.gaierror:
        return State.DEAD, "no site has this name"
    except (OSError, http.client.HTTPException, ValueError):
        return State.UNSURE, "no answer"
    if status < 400:
        return State.WORKS, ""
    is_unsure = status in UNSURE or status >= 500
    return (State.UNSURE if is_unsure else State.DEAD), f"answer {status}"


def _status(url):
    """Return the last status after redirects: asked for the head, and for the page if that is refused."""
    for _ in range(MAX_REDIRECTS + 1):
        status, location = _answer("HEAD", url)
        if status >= 400:
            status, location = _answer("GET", url)
        if status not in REDIRECTS or not location:
            return status
        url = urljoin(url, location)
    raise RefusedError("it redirects without end")


def _answer(method, url):
    """Return status and Location of one request; what follows is not read."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise RefusedError("not an address of a website")
    if (parts.port or PORTS[parts.scheme]) != PORTS[parts.scheme]:
        raise RefusedError("an unusual port")
    host = parts.hostname.encode("idna").decode()
    target = quote(parts.path or "/", SAFE) + (f"?{quote(parts.query, SAFE)}" if parts.query else "")
    with _connected(parts.scheme, host) as connection:
        headers = {"Host": host, "User-Agent": agent(), "Accept": "text/html, */*"}
        connection.request(method, target, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location")


def agent():
    """Return who asks: the site, and no page of it."""
    return f"LinkCheck/1 (+{settings.SITE_URL})"


@contextmanager
def _connected(scheme, host):
    """Yield a connection to `host` at the public address that its name has now, cut after `MAX_SECONDS`."""
    port = PORTS[scheme]
    line = socket.create_connection((public_address(host, port), port), TIMEOUT_SECONDS)
    if scheme == "https":
        context = ssl.create_default_context()
        line = context.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
    end = threading.Timer(MAX_SECONDS, line.shutdown, [socket.SHUT_RDWR])
    end.daemon = True
    end.start()
    try:
        if scheme == "https":
            line.do_handshake()
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
        connection.sock = line
        yield connection
    finally:
        end.cancel()
        line.close()


def public_address(host, port):
    """Return an address of `host`; raise `RefusedError` if any of them is not on the public internet."""
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(map(is_public, found)):
        raise RefusedError("an address inside a private network")
    return min(found, key=lambda address: ":" in address)  # IPv4 first: not every server has IPv6


def is_public(text):
    """Whether the address `text` belongs to the public internet, also by way of IPv6 in front of IPv4."""
    address = ipaddress.ip_address(text.partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    if address.version == 6 and any(address in network for network in TRANSLATED):
        return False
    return address.is_global and not address.is_multicast
