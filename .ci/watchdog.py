"""Tells systemd that the site answers, as long as it does. Started by serve in a service with WatchdogSec.

watchdog.py ADDRESS PORT. The first answer ends `systemctl start`; once none comes for WatchdogSec, systemd
kills the site and starts it again. Any status counts: a restart does not fix a database.
"""

import http.client
import os
import socket
import sys
import time

CONNECTIONS = 2  # the kernel deals them out to the workers: one that hangs is found sooner or later
PATIENCE_SECONDS = 10


def answers(address, port):
    """Whether the site at `address` and `port` gives any answer, over a connection of its own each time."""
    for _ in range(CONNECTIONS):
        connection = http.client.HTTPConnection(address, port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("HEAD", "/healthz/?serve")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
    return True


def tell(state):
    """Send `state` to systemd (sd_notify(3))."""
    address = os.environ["NOTIFY_SOCKET"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.connect("\0" + address[1:] if address.startswith("@") else address)
        systemd.send(state)


def watch(address, port):
    pause = int(os.environ["WATCHDOG_USEC"]) / 1_000_000 / 4
    server, state = os.getppid(), b"READY=1\nWATCHDOG=1"
    while os.getppid() == server:
        if answers(address, port):
            tell(state)
            state = b"WATCHDOG=1"
        time.sleep(pause if state == b"WATCHDOG=1" else 0.2)


if __name__ == "__main__":
    watch(sys.argv[1], int(sys.argv[2]))
