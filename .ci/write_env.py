# ruff: noqa: T201 - a script speaks by printing
"""Writes a private .env with fresh keys for a trial on this machine, unless it exists. Called by try-site."""

import base64
import os
import secrets
import sys
from pathlib import Path

ENV = Path(".env")
DATABASE = Path("var/db.sqlite3")

# Keys are URL-safe: django-environ reads a value that starts with $ as a reference.
TEXT = """\
# Settings of a trial on this machine, written by `make run`. Never commit this file.
# Without FIELD_ENCRYPTION_KEYS nobody can read the messages in the database: keep them with your backups.
# Every setting is explained in .env.example.
DEBUG=True
SITE_URL=http://127.0.0.1:{port}
SECRET_KEY={secret}
FIELD_ENCRYPTION_KEYS={encryption}
"""


def write(port):
    """Create .env, readable by its owner only from the first byte on; never touch one that exists."""
    encryption = base64.urlsafe_b64encode(os.urandom(32)).decode()
    text = TEXT.format(port=port, secret=secrets.token_urlsafe(50), encryption=encryption)
    with os.fdopen(os.open(ENV, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)


def main(port):
    if ENV.exists():
        return
    print("==> Writing private settings with fresh keys to .env")
    if DATABASE.exists():
        print(f"    {DATABASE} is older than these keys: messages in it cannot be read without its own .env.")
    write(port)


if __name__ == "__main__":
    main(sys.argv[1])
