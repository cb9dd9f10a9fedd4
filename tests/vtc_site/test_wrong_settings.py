"""Every wrong setting that was tried on a server is explained, and none shows a password."""

import os
import re
import runpy
from unittest.mock import patch

import pytest
from django.conf import settings as test_settings
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from intake import checks as intake_checks
from tests.vtc_site.test_checks import GOOD, KEY
from vtc_site import checks
from vtc_site.env_file import read_env_file
from vtc_site.environment import KNOWN

pytestmark = pytest.mark.once
CHECKS = (
    checks.debug_stays_private,
    checks.public_site_is_encrypted,
    checks.keys_are_long,
    checks.staff_need_a_second_factor,
    checks.mail_leaves_the_machine,
    checks.site_is_an_allowed_host,
    checks.allowed_hosts_are_names,
    checks.senders_are_addresses,
    checks.settings_are_known,
    checks.examples_are_replaced,
    checks.mail_port_fits,
    intake_checks.mail_leaves_encrypted,
)
ABOUT = [
    "DEBUG",
    "SECRET_KEY",
    "FIELD_ENCRYPTION_KEYS",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "EMAIL_BACKEND",
    "EMAIL_HOST",
    "EMAIL_PORT",
    "EMAIL_USE_TLS",
    "EMAIL_USE_SSL",
    "DEFAULT_FROM_EMAIL",
    "COPY_FROM_EMAIL",
    "COPY_EMAIL",
    "STAFF_SECOND_FACTOR",
    "ENV_FILE",
]


def load(tmp_path, **changed):
    """Return the settings of a process with this environment; a `.env` comes as a text."""
    file = tmp_path / ".env"
    file.write_text(changed.pop(".env", ""))
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": str(file)} | GOOD | changed
    environment = {name: value for name, value in environment.items() if value is not None}
    with patch.dict(os.environ, environment, clear=True):
        return runpy.run_path(str(test_settings.BASE_DIR / "vtc_site" / "settings.py"))


def explained(tmp_path, **changed):
    """Return what an operator is told of these settings."""
    try:
        loaded = {"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False} | load(tmp_path, **changed)
    except ImproperlyConfigured as error:
        assert error.__cause__ is None and error.__suppress_context__ is (error.__context__ is not None)
        return str(error)
    names = {name: changed.get(name, "") for name in changed if name != ".env"}
    overridden = override_settings(**{name: loaded[name] for name in ABOUT if name in loaded})
    with overridden, patch.dict(os.environ, {name: value for name, value in names.items() if value}):
        found = [each for check in CHECKS for each in check(None)]
    return "\n".join(f"{each.msg} {each.hint}" for each in found)


WRONG = [
    ({"SITE_URL": "www.clinic.org"}, "SITE_URL must be a scheme and a host"),
    ({"SITE_URL": "https://www.clinic.org/site"}, "SITE_URL must be a scheme and a host"),
    ({"SITE_URL": "https://www.clinic.org?x=1"}, "SITE_URL must be a scheme and a host"),
    ({"SITE_URL": "https://me:canary-secret@www.clinic.org"}, "SITE_URL must be a scheme and a host"),
    ({"SITE_URL": "https://www.clinic.org:port"}, "SITE_URL must be a scheme and a host"),
    ({"SITE_URL": "ftp://www.clinic.org"}, "SITE_URL must be a scheme and a host"),
    ({"SITE_URL": "https://www .clinic.org"}, "SITE_URL must be a scheme and a host"),
    ({"SITE_URL": "http://www.clinic.org"}, "Set SITE_URL=https://www.clinic.org"),
    ({"ALLOWED_HOSTS": "old.clinic.org"}, "ALLOWED_HOSTS lacks www.clinic.org"),
    ({"ALLOWED_HOSTS": "https://www.clinic.org"}, "is no host"),
    ({"ALLOWED_HOSTS": "www.clinic.org:443"}, "is no host"),
    ({"ALLOWED_HOSTS": "www.clinic.org clinic.org"}, "is no host"),
    ({"ALLOWED_HOSTS": "*"}, "which is no host name"),
    ({"DEBUG": "True", "EMAIL_URL": ""}, "DEBUG is on while the site answers as www.clinic.org"),
    ({"DEBUG": "flase"}, "DEBUG is neither True nor False"),
    ({"STAFF_SECOND_FACTOR": "Ture"}, "STAFF_SECOND_FACTOR is neither True nor False"),
    ({"STAFF_SECOND_FACTOR": "False"}, "STAFF_SECOND_FACTOR is off"),
    ({"STAFF_IDLE_MINUTES": "0"}, "STAFF_IDLE_MINUTES must be a whole number, at least 3"),
    ({"STAFF_IDLE_MINUTES": "half an hour"}, "STAFF_IDLE_MINUTES must be a whole number"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY has fewer than 50 characters"),
    ({"FIELD_ENCRYPTION_KEYS": f"{KEY} {KEY}"}, "key 1 of 1 is not a Fernet key"),
    ({"FIELD_ENCRYPTION_KEYS": f"{KEY};{KEY}"}, "key 1 of 1 is not a Fernet key"),
    ({"FIELD_ENCRYPTION_KEYS": KEY[:-1]}, "key 1 of 1 is not a Fernet key"),
    ({"FIELD_ENCRYPTION_KEYS": f'"{KEY}'}, "FIELD_ENCRYPTION_KEYS begins or ends with a quotation mark"),
    ({"SECRET_KEY": "‘canary-secret’"}, "SECRET_KEY begins or ends with a quotation mark"),
    ({"WORKERS": "two"}, "WORKERS must be a whole number"),
    ({"PORT": "80a"}, "PORT must be a whole number"),
    ({"SECRET_KEY": "$canary-secret"}, "SECRET_KEY begins with $"),
    (
        {"DATABASE_URL": "DATABASE_URL=postgres://vtc:canary-secret@db/vtc"},
        "DATABASE_URL begins with its own",
    ),
    ({"DATABASE_URL": "sqlite://var/canary.sqlite3"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "vtc:canary-secret@db/vtc"}, "DATABASE_URL cannot be read"),
    (
        {"DATABASE_URL": "postgres://vtc:canary@db/vtc?sslmode=requre"},
        "sslmode in DATABASE_URL must be one of",
    ),
    ({".env": f"DEBUG=False\nFIELD_ENCRYPTION_KEYS = {KEY}canary\n"}, "Line 2"),
    ({".env": "SECRET_KEY: canary-secret\n"}, "about SECRET_KEY, is no setting"),
    ({".env": "  SECRET_KEY=canary-secret\n"}, "about SECRET_KEY, is no setting"),
    ({".env": "canary-secret\n"}, "Line 1"),
    ({".env": 'DATABASE_URL="postgres://vtc:canary-secret@db/vtc\n', "DATABASE_URL": None}, "quotation mark"),
    ({"DATABASE_URL": "postgres://vtc:canary-secret/x@db/vtc"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "postgres://vtc:12/canary-secret@db/vtc"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "mysql://u:p@h/n"}, "DATABASE_URL cannot be read"),
    ({"EMAIL_URL": "mail.clinic.org"}, "EMAIL_URL cannot be read"),
    ({"EMAIL_URL": "smtps://u:canary-secret@mail.clinic.org:465"}, "other kind of encryption"),
    ({"EMAIL_URL": "smtp+tls://u:canary-secret/x@mail.clinic.org:587"}, "EMAIL_URL cannot be read"),
    ({"EMAIL_URL": "smtp+tls://u:p@mail.clinic.org:465"}, "EMAIL_URL uses port 465 with the other kind"),
    ({"COPY_EMAIL_URL": "smtp+tls://u:p@mail.clinic.org:465"}, "COPY_EMAIL_URL uses port 465"),
    ({"COPY_EMAIL_URL": "smtp+tls://u:canary-secret/x@mail.clinic.org"}, "COPY_EMAIL_URL cannot be read"),
    ({"COPY_EMAIL_URL": "smtp+tls://u:p@mail.example.org:587"}, "COPY_EMAIL_URL still has the example's"),
    ({"EMAIL_URL": "smtp://u:p@mail.clinic.org:25"}, "leaves this machine without encryption"),
    ({"EMAIL_URL": "consolemail://"}, "EMAIL_URL sends no mail"),
    (
        {"DEFAULT_FROM_EMAIL": "Center, Virtual <website@clinic.org>"},
        "DEFAULT_FROM_EMAIL cannot be read as one",
    ),
    ({"DEFAULT_FROM_EMAIL": "website"}, "DEFAULT_FROM_EMAIL cannot be read as one"),
    (
        {"DEFAULT_FROM_EMAIL": "website@klinik-für-alle.org"},
        "DEFAULT_FROM_EMAIL cannot be read as one",
    ),
    ({"COPY_FROM_EMAIL": "desk@clinic.org, a@clinic.org"}, "COPY_FROM_EMAIL cannot be read as one sender"),
    ({"SITE_URL": "https://www.example.org"}, "SITE_URL still has the example's example.org"),
    ({"EMAIL_URL": "smtp+tls://u:p@mail.example.org:587"}, "EMAIL_URL still has the example's example.org"),
    ({"DEFAULT_FROM_EMAIL": "website@example.org"}, "DEFAULT_FROM_EMAIL still has the example's"),
    (
        {".env": "STAFF_IDEL_MINUTES=20\n"},
        "STAFF_IDEL_MINUTES is not a setting of this site. Did you mean STAFF_IDLE",
    ),
    ({".env": "SESSION_LENGTH=20\n"}, "SESSION_LENGTH is not a setting of this site. See .env.example"),
    ({"DJANGO_SECRET_KEY": "x" * 50}, "DJANGO_SECRET_KEY is not a setting of this site. Did you mean SECRET"),
    ({"EMAIL_HOST": "mail.clinic.org"}, "EMAIL_HOST is not a setting of this site. "),
    ({"TIME_ZONE": "UTC"}, "TIME_ZONE is not a setting of this site. See .env.example"),
    ({"EMAIL_URL": None, "EMAIL_ULR": "smtp://u:canary@h"}, "EMAIL_ULR is set. Is that EMAIL_URL, misspelt?"),
    ({"FIELD_ENCRYPTION_KEYS": None}, "Put back the key that you kept"),
    (
        {"SITE_URL": None, "ENV_FILE": os.devnull},
        "Add SITE_URL=https://www.example.org to the settings of the",
    ),
    (
        {"DATABASE_URL": None, "ENV_FILE": os.devnull},
        "DATABASE_URL is not set. It is the database with the messages.\n  1. Add DATABASE_URL=postgres://",
    ),
    ({"FIELD_ENCRYPTION_KEYS": f"{KEY},{KEY}"}, "has the same key twice"),
    ({"HSTS_SECONDS": "1y"}, "HSTS_SECONDS must be a whole number"),
    ({"HSTS_SECONDS": "9" * 20}, "at most 1000000000"),
    ({"STAFF_IDLE_MINUTES": "1440000"}, "at most 1440"),
    ({"PORT": "99999"}, "PORT must be a whole number from 1 to 65535"),
    ({"WORKERS": "0"}, "WORKERS must be a whole number from 1 to 64"),
    ({"BIND": "localhost:8000"}, "BIND must be addresses of this machine"),
    ({"BIND": "127.0.0.1;10.0.0.300"}, "BIND must be addresses of this machine"),
    ({"DATABASE_URL": "postgres://vtc:canary@127.0.0.1:5432"}, "Is there a NAME at the end?"),
    ({"DATABASE_URL": "postgres://vtc@canary:x@127.0.0.1/vtc"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "postgres://vtc:canary @h /vtc"}, "DATABASE_URL cannot be read"),
    (
        {"DATABASE_URL": "postgres://vtc:PASSWORD@127.0.0.1:5432/vtc"},
        "still has the example's USER or PASSWORD",
    ),
    ({"DATABASE_URL": "sqlite:///"}, "every message would end with the process"),
    ({"EMAIL_URL": "smtp+tls://USER:PASSWORD@mail.clinic.org"}, "EMAIL_URL still has the example's USER"),
    ({"EMAIL_URL": "smtp+tls://u@canary-secret@mail.clinic.org"}, "EMAIL_URL has a user without a password"),
    ({"EMAIL_URL": "smtp+tls://:canary-secret@mail.clinic.org"}, "EMAIL_URL has a user without a password"),
    ({"COPY_EMAIL_URL": "consolemail://"}, "COPY_EMAIL_URL sends no mail"),
    ({"SMTP_PASSWORD": "canary-secret"}, "SMTP_PASSWORD is not a setting of this site"),
    ({".env": "DEBUG=False\nHSTS_SECONDS=1\nDEBUG=canary\n"}, "sets DEBUG in line 1 and again in line 3"),
    (
        {"ALOWED_HOSTS": "www.clinic.org"},
        "ALOWED_HOSTS is not a setting of this site. Did you mean ALLOWED_HOSTS?",
    ),
]


@pytest.mark.parametrize(
    ("changed", "words"), WRONG, ids=[f"{next(iter(each))} {n}" for n, (each, _) in enumerate(WRONG)]
)
def test_a_wrong_setting_is_explained(tmp_path, changed, words):
    told = explained(tmp_path, **changed)
    assert words in told and "canary" not in told


READ = re.compile(
    r"""(?:env\.\w+|required|yes_or_no|whole_number|mail_connection|mail_server)\(\s*"([A-Z_]+)\""""
)
OF_TESTS = {"TEST_DATABASE"}


def test_every_setting_that_is_read_is_known_and_explained():
    root = test_settings.BASE_DIR
    code = (root / "vtc_site/settings.py").read_text() + (root / "vtc_site/environment.py").read_text()
    read = set(READ.findall(code)) - OF_TESTS
    example = set(re.findall(r"^#?([A-Z_]+)=", (root / ".env.example").read_text(), re.MULTILINE))
    table = (root / "docs/deploy/README.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    rows = "".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    assert len(read) >= 14 and read == example
    assert set(re.findall(r"`([A-Z_]+)`", rows)) == read | {"PORT", "BIND", "WORKERS"}
    assert read <= KNOWN


def test_at_least_28_wrong_settings_were_tried():
    assert len(WRONG) >= 28 + 20


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"DEFAULT_FROM_EMAIL": '"Center, Virtual" <website@clinic.org>'},
        {"ALLOWED_HOSTS": "clinic.org,www.clinic.org,10.0.0.7"},
        {"ALLOWED_HOSTS": ".clinic.org"},
        {"FIELD_ENCRYPTION_KEYS": f" {KEY}, a{KEY[1:]} "},
        {"STAFF_IDLE_MINUTES": "15", "STAFF_SECOND_FACTOR": "true"},
        {"EMAIL_URL": "smtp+ssl://u:p%40ss@mail.clinic.org:465"},
        {"SITE_URL": "https://www.clinic-example.org", "DEFAULT_FROM_EMAIL": "website@clinic-example.org"},
        {".env": "\ufeff# saved by an editor of Windows\r\nexport DEBUG=False\r\n\r\n"},
    ],
)
def test_a_right_setting_is_met_with_silence(tmp_path, changed):
    assert explained(tmp_path, **changed) == ""


@pytest.mark.parametrize(
    ("written", "meant", "host"),
    [
        ("HTTPS://WWW.Clinic.ORG", "https://www.clinic.org", "www.clinic.org"),
        ("https://www.clinic.org:443/", "https://www.clinic.org", "www.clinic.org"),
        ("http://127.0.0.1:80", "http://127.0.0.1", "127.0.0.1"),
        ("https://www.clinic.org:8443", "https://www.clinic.org:8443", "www.clinic.org"),
        (" https://klinik-für-alle.org ", "https://xn--klinik-fr-alle-nsb.org", "xn--klinik-fr-alle-nsb.org"),
        ("http://[::1]:8000", "http://[::1]:8000", "[::1]"),
        ("http://[::1]", "http://[::1]", "[::1]"),
    ],
)
def test_the_address_of_the_site_is_written_as_browsers_do(tmp_path, written, meant, host):
    loaded = load(tmp_path, SITE_URL=written)
    assert (loaded["SITE_URL"], loaded["ALLOWED_HOSTS"]) == (meant, [host])


def test_a_folder_in_place_of_the_file_is_named(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="is a folder"):
        read_env_file(tmp_path)
    (tmp_path / "latin").write_bytes(b"# caf\xe9\n")
    with pytest.raises(ImproperlyConfigured, match="no text in UTF-8"):
        read_env_file(tmp_path / "latin")


def test_an_example_sender_is_named_once(tmp_path):
    told = explained(tmp_path, DEFAULT_FROM_EMAIL="website@example.org")
    assert "COPY_FROM_EMAIL" not in told
