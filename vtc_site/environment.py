"""Reads settings from the environment; a missing or wrong one explains itself. Used by settings.py."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

# Of libpq: seconds, but milliseconds for what is sent and not acknowledged.
POSTGRESQL_OPTIONS = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def read_env_file(path: Path):
    """Load `path` (written by `make run`) without overriding what the environment already says."""
    if path.exists():
        environ.Env.read_env(path, overwrite=False)


def required(name, meaning, example):
    """Return the setting `name`; raise `ImproperlyConfigured` with causes and cures if it is missing."""
    value = env.str(name, default="").strip()
    if value:
        return value
    raise ImproperlyConfigured(
        f"{name} is not set. It is {meaning}.\n"
        f"  1. First time on this machine? Run `make run`: it writes a private .env with fresh keys.\n"
        f"  2. Is there a .env without it? Add a line such as {name}={example}\n"
        f"  3. On a server? Put {name} into the environment of the service; see README, Deploy."
    )


def encryption_keys(text):
    """Return the list of Fernet keys in `text` (comma-separated, newest first); refuse broken ones."""
    from cryptography.fernet import Fernet

    keys = [key.strip() for key in text.split(",") if key.strip()]
    for position, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError:
            raise ImproperlyConfigured(
                f"FIELD_ENCRYPTION_KEYS: key {position} of {len(keys)} is not a Fernet key"
                " (44 characters of URL-safe base64).\n"
                "  1. Was it cut off or quoted when it was copied? Copy it again.\n"
                "  2. Are several keys not separated by commas, newest first?\n"
                "  3. New installation? Make one with: python -c 'from cryptography.fernet import"
                " Fernet; print(Fernet.generate_key().decode())'"
            ) from None
    return keys


def database(url, base_dir):
    """Return Django's configuration for DATABASE_URL `url` (sqlite or postgres).

    SQLite: one writer at a time that waits up to 5 s, every commit on disk, deleted text overwritten.
    PostgreSQL: connections stay open, are checked before use, and notice a host that is gone; see also
    intake/database_timeouts.py.
    """
    try:
        config = env.db_url_config(url)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise _wrong_database_url() from error
    if config.get("ENGINE") == "django.db.backends.sqlite3":
        return config | _sqlite_options(base_dir)
    if config.get("ENGINE") == "django.db.backends.postgresql":
        options = POSTGRESQL_OPTIONS | config.get("OPTIONS", {})
        return config | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
    raise _wrong_database_url()


def _sqlite_options(base_dir):
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    return {
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": pragmas},
        # A real file: tests meet the same locks and pragmas as the site.
        "TEST": {"NAME": env.str("TEST_DATABASE", str(base_dir / "var" / "test.sqlite3"))},
    }


def _wrong_database_url():
    return ImproperlyConfigured(
        "DATABASE_URL cannot be read. It is postgres://USER:PASSWORD@HOST:5432/NAME or sqlite:///PATH.\n"
        "  1. Does the password contain @ : / or %? Write them percent-encoded.\n"
        "  2. SQLite with an absolute path takes four slashes: sqlite:////srv/vtc/db.sqlite3\n"
        "  3. Leave it out to use SQLite in var/db.sqlite3 (one machine only)."
    )
