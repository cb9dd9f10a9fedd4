"""Signs that a message was written by a program. They label it, they never refuse it. Used by storing.py.

A labeled message is stored and staff are told of it like of any other; it waits in a list of its own.
"""

import ipaddress
import re
from collections import Counter
from itertools import chain

from django.db import connection
from django.utils import timezone

from intake.encryption import keyed_hashes

LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
MOST_LINKS = 2  # people paste a link to ask about it
FASTEST_SECONDS = 2
# Where a proxy of ours stands: this machine or the network behind the router.
OUR_NETWORKS = [
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]
MOST_A_DAY = 30  # from one network: a clinic or a library shares one address
# One statement, so that two messages at the same moment are two; Django has none that also adds.
ADD = """
    INSERT INTO intake_sendertally AS tally (day, sender, messages) VALUES {rows}
    ON CONFLICT (day, sender) DO UPDATE SET messages = tally.messages + excluded.messages
    RETURNING sender, messages
"""


def signs(written, *, was_trapped=False, seconds=None):
    """Return the reasons, in words for staff, why these fields look like a program's."""
    found = []
    if was_trapped:
        found.append("filled in a field that people cannot see")
    if seconds is not None and seconds < FASTEST_SECONDS:
        found.append(f"sent within {FASTEST_SECONDS} seconds")
    if LINK.search(written["name"] + written["relationship"]):
        found.append("a link in the name")
    if len(LINK.findall(written["message"])) > MOST_LINKS:
        found.append("many links")
    return found


def tally(addresses):
    """Count a message from each network and return today's numbers. Run in the messages' transaction."""
    return count_today("sender", [_network(address) for address in addresses])


def count_today(what, addresses):
    """Count `what` of each address once more and return today's number of each, in the order given.

    Kept is a keyed hash that changes every day, and only for that day: no address can be found again.
    """
    day = timezone.localdate()
    senders = [keyed_hashes(f"{what} {day}", address)[0] for address in addresses]
    totals, numbers = _add(day, Counter(senders)), []
    for sender in reversed(senders):  # the last of a sender has the total
        numbers.append(totals[sender])
        totals[sender] -= 1
    return numbers[::-1]


def _add(day, added):
    """Add the numbers of messages by sender, and return the totals of the day by sender."""
    if not added:
        return {}
    # In one order, so that two processes do not wait for each other for ever.
    rows = [(day, sender, number) for sender, number in sorted(added.items())]
    statement = ADD.format(rows=", ".join(["(%s, %s, %s)"] * len(rows)))
    with connection.cursor() as cursor:
        cursor.execute(statement, list(chain.from_iterable(rows)))
        return dict(cursor.fetchall())


def client_address(request):
    """Return the visitor's address: behind a proxy of ours the one it saw, else the connection's."""
    address = request.META.get("REMOTE_ADDR", "")
    if _is_ours(address):
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return address


def _is_ours(address):
    try:
        return any(_parsed(address) in network for network in OUR_NETWORKS)
    except ValueError:  # a Unix socket has no address
        return True


def _parsed(address):
    """Return the address; a server that listens to both kinds writes 192.0.2.1 as ::ffff:192.0.2.1."""
    parsed = ipaddress.ip_address(address)
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _network(address):
    """One home has one IPv4 address, or the first half of an IPv6 one."""
    try:
        parsed = _parsed(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False) if parsed.version == 6 else parsed)
