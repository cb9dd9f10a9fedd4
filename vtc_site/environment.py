"""Reads settings from the environment; a missing or wrong one explains itself. Used by settings.py."""

import os
import re
import warnings
from difflib import get_close_matches
from pathlib import Path

import environ
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from vtc_site.addresses import host

env = environ.Env()
YES, NO = ("true", "1", "yes", "on"), ("false", "0", "no", "off")
# Every name that the site, `make` and its scripts read; explained in .env.example.
KNOWN = {
    "SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "DATABASE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "SITE_URL",
    "ALLOWED_HOSTS", "DEBUG", "STAFF_SECOND_FACTOR", "STAFF_IDLE_MINUTES", "COPY_FROM_EMAIL",
    "COPY_EMAIL_URL", "HSTS_SECONDS", "HSTS_SUBDOMAINS", "PORT", "BIND", "WORKERS", "ENV_FILE",
    "TEST_DATABASE", "DJANGO_SETTINGS_MODULE",
}  # fmt: skip
SERVER_SETTINGS = Path("/etc/vtc.env")  # where install.sh writes them
QUOTES = tuple("'\"“”‘’")
NUMBERS = {"PORT": 65535, "WORKERS": 64}  # and the most; read by .ci/start-server
LIKE_OURS = ("EMAIL_", "SMTP_", "MAIL_", "DATABASE_", "SITE_", "STAFF_", "HSTS_")
SENDERS = ("DEFAULT_FROM_EMAIL", "COPY_FROM_EMAIL")  # "Center, Virtual" <website@clinic.org>
FERNET_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")

UNREADABLE = (ValueError, KeyError, ImproperlyConfigured, Warning)
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")  # of libpq
# Of libpq: seconds, but milliseconds for what is sent and not acknowledged.
POSTGRESQL_OPTIONS = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


def refuse_misread():
    """Raise `ImproperlyConfigured` for a value that is quoted by half, doubled, or should be a number."""
    for name in sorted(KNOWN & os.environ.keys()):
        value = os.environ[name].strip()
        if value.startswith(f"{name}="):
            raise ImproperlyConfigured(f"{name} begins with its own name. Write {name}= once.")
        if name in NUMBERS and value and not (value.isdecimal() and 0 < int(value) <= NUMBERS[name]):
            raise ImproperlyConfigured(f"{name} must be a whole number from 1 to {NUMBERS[name]}.")
        if name == "BIND" and value and not _are_hosts(value):
            raise ImproperlyConfigured(
                "BIND must be addresses of this machine, commas between: 127.0.0.1,::1"
            )
        if value.startswith("$"):  # read as the name of another setting
            raise ImproperlyConfigured(f"{name} begins with $, which stands for another setting.")
        if name not in SENDERS and (value[:1] in QUOTES or value[-1:] in QUOTES):
            raise ImproperlyConfigured(f"{name} begins or ends with a quotation mark. Write it without.")


def _are_hosts(text):
    try:
        return all(host(each) for each in text.split(","))
    except ValueError:
        return False


def yes_or_no(name, *, default):
    """Return a setting that is True or False; a misspelt one would count as False."""
    text = env.str(name, default=str(default)).strip().lower()
    if text not in YES + NO:
        raise ImproperlyConfigured(f"{name} is neither True nor False.\n  Write {name}=True or {name}=False.")
    return text in YES


def whole_number(name, *, default, at_least, at_most):
    """Return a setting that is a whole number."""
    text = env.str(name, default=str(default)).strip()
    if not text.isdecimal() or not at_least <= int(text) <= at_most:
        raise ImproperlyConfigured(
            f"{name} must be a whole number, at least {at_least} and at most {at_most}, such as {default}."
        )
    return int(text)


def _strictly(read, url):
    """Return `read(url)`; what would be a warning, with the whole address in it, is one of UNREADABLE."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return read(url)


def mail_server(name, url):
    """Return Django's settings for the mail server at `url`; refuse what cannot be read, quoting nothing."""
    try:
        config = _strictly(env.email_url_config, url)
        is_complete = not config["EMAIL_BACKEND"].endswith("smtp.EmailBackend") or config["EMAIL_HOST"]
    except UNREADABLE:
        is_complete = False
    if not is_complete:
        raise ImproperlyConfigured(
            f"{name} cannot be read. It is smtp+tls://USER:PASSWORD@HOST:587 or smtp+ssl://USER:PASSWORD@HOST:465\n"
            "  1. Does user or password contain @ : / # ? or %? Write them percent-encoded (@ is %40).\n"
            "  2. Is the part before :// one of smtp, smtp+tls, smtp+ssl?"
        )
    user, password = config.get("EMAIL_HOST_USER"), config.get("EMAIL_HOST_PASSWORD")
    if bool(user) != bool(password):
        raise ImproperlyConfigured(f"{name} has a user without a password, or the other way round.")
    _refuse_example(name, user, password)
    return config


def _refuse_example(name, *login):
    if {"USER", "PASSWORD"} & set(login):
        raise ImproperlyConfigured(f"{name} still has the example's USER or PASSWORD.")


def mail_connection(name):
    """Return the arguments of Django's get_connection() for another mail server; none when it is not set."""
    if not (url := env.str(name, default="").strip()):
        return {}
    config = mail_server(name, url)
    arguments = {
        "backend": "EMAIL_BACKEND", "host": "EMAIL_HOST", "port": "EMAIL_PORT", "username": "EMAIL_HOST_USER",
        "password": "EMAIL_HOST_PASSWORD", "use_tls": "EMAIL_USE_TLS", "use_ssl": "EMAIL_USE_SSL",
    }  # fmt: skip
    return {argument: config.get(setting) for argument, setting in arguments.items()}


def unknown_names(path):
    """Return the names of `path` and the environment that look like settings of ours and are none."""
    lines = path.read_text().splitlines() if path.is_file() else []
    written = {
        match[1] for line in lines if (match := re.match(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=", line))
    }
    near = {
        name for name in os.environ if _nearest(name) or _is_of_django(name) or name.startswith(LIKE_OURS)
    }
    return sorted({(name, _nearest(name)) for name in (written | near) - KNOWN})


def _nearest(name):
    bare = name.upper().removeprefix("DJANGO_")
    return next(iter(get_close_matches(bare, KNOWN, n=1, cutoff=0.85)), "")


def _is_of_django(name):
    """Whether other sites read it: EMAIL_HOST, TIME_ZONE."""
    return hasattr(global_settings, name) and name.isupper()


def required(name, meaning, example):
    """Return the setting `name`; raise `ImproperlyConfigured` with causes and cures if it is missing."""
    value = env.str(name, default="").strip()
    if value:
        return value
    cures = [f"{each} is set. Is that {name}, misspelt?" for each in os.environ if _is_misspelt(each, name)]
    if is_server():
        cures.append(
            f"Add {name}={example} to the settings of the service: {SERVER_SETTINGS} after install.sh."
        )
    elif SERVER_SETTINGS.exists():
        cures.append(f"This is a server: run it as root with as-vtc in front, which reads {SERVER_SETTINGS}.")
    else:
        cures += [
            "First time on this machine? Run `make run`: it writes a private .env with fresh keys.",
            f"Is there a .env without it? Add a line such as {name}={example}",
            f"On a server? Put {name} into the environment of the service; see docs/deploy/README.md.",
        ]
    if name == "DATABASE_URL":
        cures.append("Was it SQLite all the time? DATABASE_URL=sqlite:///var/db.sqlite3 (one machine only)")
    if name == "FIELD_ENCRYPTION_KEYS":
        cures.append("Are there messages already? Put back the key that you kept: a new one opens none.")
    numbered = "".join(f"\n  {number}. {cure}" for number, cure in enumerate(cures, start=1))
    raise ImproperlyConfigured(f"{name} is not set. It is {meaning}.{numbered}")


def is_server():
    """Whether no .env is read: .ci/serve, .ci/prepare, as-vtc and the units say so."""
    return os.environ.get("ENV_FILE") == os.devnull


def _is_misspelt(written, name):
    return written not in KNOWN and _nearest(written) == name


def encryption_keys(text):
    """Return the list of Fernet keys in `text` (comma-separated, newest first); refuse broken ones.

    Looked at letter by letter: two keys with a blank between them would be read as the first alone.
    """
    keys = [key.strip() for key in text.split(",") if key.strip()]
    for position, key in enumerate(keys, start=1):
        if not FERNET_KEY.fullmatch(key):
            raise ImproperlyConfigured(
                f"FIELD_ENCRYPTION_KEYS: key {position} of {len(keys)} is not a Fernet key"
                " (44 characters of URL-safe base64).\n"
                "  1. Was it cut off when it was copied? Is it another setting's value? Copy it again.\n"
                "  2. Are several keys not separated by commas, newest first?\n"
                "  3. New installation? .env.example has the command that makes one."
            )
    if len(set(keys)) < len(keys):
        raise ImproperlyConfigured(
            "FIELD_ENCRYPTION_KEYS has the same key twice. To change it, put a new one in front of the old."
        )
    return keys


def database_url(base_dir):
    """Return DATABASE_URL, which only a trial may lack.

    A server would take messages into an empty SQLite beside the database that has them all.
    """
    if is_server():
        example = "postgres://vtc:PASSWORD@127.0.0.1:5432/vtc"
        return required("DATABASE_URL", "the database with the messages", example)
    return env.str("DATABASE_URL", f"sqlite:///{base_dir / 'var' / 'db.sqlite3'}")


def database(url, base_dir):
    """Return Django's configuration for DATABASE_URL `url` (sqlite or postgres).

    SQLite: one writer at a time that waits up to 5 s, every commit on disk, deleted text overwritten.
    PostgreSQL: connections stay open, are checked before use, and notice a host that is gone; see also
    intake/database_timeouts.py.
    """
    try:
        config = _strictly(env.db_url_config, url)
    except UNREADABLE:
        raise _wrong_database_url() from None  # what it says may hold a part of the password
    if config.get("ENGINE") == "django.db.backends.sqlite3":
        if url.strip("/") == "sqlite:":
            raise ImproperlyConfigured(
                "DATABASE_URL names no file: every message would end with the process."
            )
        return config | _sqlite_options(base_dir)
    if config.get("ENGINE") == "django.db.backends.postgresql" and not _is_mangled(config):
        _refuse_example("DATABASE_URL", config["PASSWORD"])
        options = POSTGRESQL_OPTIONS | config.get("OPTIONS", {})
        if options.get("sslmode", "prefer") not in SSL_MODES:
            raise ImproperlyConfigured(f"sslmode in DATABASE_URL must be one of {', '.join(SSL_MODES)}.")
        return config | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
    raise _wrong_database_url()


def _is_mangled(config):
    """Whether a password was cut in two: PostgreSQL would write one half into its log, as the user."""
    read = (config["USER"], config["HOST"], config["NAME"])
    return not config["NAME"] or any(re.search(r"[@\s]", each or "") for each in read)


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
        "  1. Does the password contain @ : / % or a blank? Write them percent-encoded."
        " Is there a NAME at the end?\n"
        "  2. SQLite takes three slashes before a path from here, four before one from the root:"
        " sqlite:////srv/vtc/db.sqlite3\n"
        "  3. SQLite in the folder of the site is sqlite:///var/db.sqlite3 (one machine only)."
    )
