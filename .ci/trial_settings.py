# ruff: noqa: T201 - a script speaks by printing
"""Prints the settings of a trial, NAME=VALUE a line, for try-site to put into the environment.

Called as trial_settings.py PORT BIND DEBUG. The first time it also writes a private .env with fresh keys,
which is never changed after that. What the environment or .env says stays, apart from what the port, the
address and DEBUG of today decide.
"""

import base64
import ipaddress
import os
import secrets
import socket
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from vtc_site.env_file import read_env_file

ENV = Path(".env")
DATABASE = Path("var/db.sqlite3")

# Keys are URL-safe: django-environ reads a value that starts with $ as a reference.
TEXT = """\
# Settings of a trial on this machine, written by `make run`. Never commit this file.
# Without FIELD_ENCRYPTION_KEYS nobody can read the messages. Keep a copy, and not beside the backups.
# Every setting is explained in .env.example.
SITE_URL=http://127.0.0.1:{port}
SECRET_KEY={secret}
FIELD_ENCRYPTION_KEYS={encryption}
"""
# Also for a .env from before they were in it.
DEFAULTS = {
    "DEBUG": "False",
    "STAFF_SECOND_FACTOR": "False",
    "EMAIL_URL": "filemail:///var/mail",
    "DEFAULT_FROM_EMAIL": "website@localhost",
}
HERE = "127.0.0.1"


def tell(words):
    print(words, file=sys.stderr)


def write(port):
    """Create .env, readable by its owner only from the first byte on; never touch one that exists."""
    encryption = base64.urlsafe_b64encode(os.urandom(32)).decode()
    text = TEXT.format(port=port, secret=secrets.token_urlsafe(50), encryption=encryption)
    text += "".join(f"{name}={value}\n" for name, value in DEFAULTS.items())
    with os.fdopen(os.open(ENV, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)


def write_once(port):
    if ENV.exists():
        return
    tell("==> Writing private settings with fresh keys to .env")
    if DATABASE.exists():
        tell(f"    {DATABASE} is older than these keys: its messages cannot be read without its own .env.")
    write(port)


def is_loopback(address):
    return ipaddress.ip_address(address).is_loopback


def address_in_the_network():
    """Return the address under which others in the network reach this machine; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for examples, which nobody has
        except OSError:
            return HERE
        return probe.getsockname()[0]


def addresses_of_localhost():
    """Return where `localhost` leads: 127.0.0.1, and on most machines ::1 too."""
    found = {each[4][0] for each in socket.getaddrinfo("localhost", None, type=socket.SOCK_STREAM)}
    return [HERE, *sorted(address for address in found - {HERE} if is_loopback(address))]


def settings(port, bind, debug, said):
    """Return the settings of today; `said` holds what the environment and .env say."""
    host = address_in_the_network() if ipaddress.ip_address(bind).is_unspecified else bind
    name = f"[{host}]" if ":" in host else host
    chosen = DEFAULTS | {name: said[name] for name in DEFAULTS if said.get(name)} | {"DEBUG": debug}
    hosts = [HERE, "localhost", "[::1]", name, *filter(None, said.get("ALLOWED_HOSTS", "").split(","))]
    chosen["ALLOWED_HOSTS"] = ",".join(dict.fromkeys(hosts))
    chosen["BIND"] = ",".join(addresses_of_localhost()) if bind == HERE else bind
    chosen["SITE_URL"] = said.get("SITE_URL", "")
    if not chosen["SITE_URL"] or chosen["SITE_URL"].startswith(f"http://{HERE}"):
        chosen["SITE_URL"] = f"http://{name}:{port}"
    if not is_loopback(host):  # others reach it: a password alone must not open messages
        chosen["STAFF_SECOND_FACTOR"] = "True"
    return chosen


def main(port, bind, debug):
    bind = HERE if bind == "localhost" else bind
    write_once(port)
    by_hand = dict(os.environ)
    try:
        read_env_file(ENV)  # below what the environment says
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    if debug == "False" and by_hand.get("DEBUG", "") == "" and os.environ.get("DEBUG") == "True":
        tell(
            "==> .env says DEBUG=True, but a trial runs without it, as the real site does. With it: make dev"
        )
    for name, value in settings(port, bind, debug, os.environ).items():
        print(f"{name}={value}")


if __name__ == "__main__":
    main(*sys.argv[1:])
