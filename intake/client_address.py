"""The network address of a visitor. Used by views.py, receiving/ and vtc_site/sign_in/throttling.py."""

import ipaddress
import re

WITH_PORT = re.compile(r"^(\[.+\]|[^:]+):\d+$")
# Where a proxy of ours can be: this machine or the network behind the router.
OUR_NETWORKS = [
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]


def client_address(request):
    """Return the visitor's address: behind a proxy of ours the one it saw, else the connection's."""
    address = request.META.get("REMOTE_ADDR", "")
    if _is_ours(address):
        return request.headers.get("X-Forwarded-For", "").rstrip(", \t").rpartition(",")[2].strip()
    return address


def network(address):
    """Return what one home shares: its IPv4 address, or the first half of an IPv6 one."""
    try:
        parsed = _parsed(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False) if parsed.version == 6 else parsed)


def network_of(request):
    """Return the network that `request` comes from: settings.VISITOR_NETWORK."""
    return network(client_address(request))


def _is_ours(address):
    try:
        return any(_parsed(address) in network for network in OUR_NETWORKS)
    except ValueError:  # a Unix socket has no address
        return True


def _parsed(address):
    """Return the address; a server that listens to both kinds writes 192.0.2.1 as ::ffff:192.0.2.1.

    Who has one IPv4 address has 65,536 networks of 6to4 (2002:c000:201::/48, RFC 3056): all are that one.
    Some proxies add the port: 192.0.2.1:5678, [2001:db8::1]:5678.
    """
    parsed = ipaddress.ip_address(WITH_PORT.sub(r"\1", address.strip('" ')).strip("[]"))
    return getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None) or parsed
