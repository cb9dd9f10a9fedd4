"""Each guard against an unsafe installation refuses what it is for, and says what to do."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import Tags, run_checks

from vtc_site import checks

pytestmark = pytest.mark.once

KEY = "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdDA="
GOOD = {
    "SECRET_KEY": "x" * 60,
    "FIELD_ENCRYPTION_KEYS": KEY,
    "SITE_URL": "https://www.clinic.org",
    "EMAIL_URL": "smtp+tls://user:secret@mail.clinic.org:587",
    "DEFAULT_FROM_EMAIL": "website@clinic.org",
}


def ids(findings):
    return [finding.id for finding in findings]


def test_debug_on_a_public_name_is_refused(settings):
    settings.DEBUG, settings.SITE_URL = True, "https://www.clinic.org"
    assert ids(checks.debug_stays_private(None)) == ["vtc_site.E001"]
    settings.DEBUG = False
    assert checks.debug_stays_private(None) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "192.168.1.20"])
def test_debug_on_a_private_address_is_allowed(settings, host):
    settings.DEBUG, settings.SITE_URL, settings.ALLOWED_HOSTS = True, f"http://{host}:8000", [host]
    assert checks.debug_stays_private(None) == []


def test_http_on_a_public_name_is_refused(settings):
    settings.SITE_URL = "http://www.clinic.org"
    assert ids(checks.public_site_is_encrypted(None)) == ["vtc_site.E002"]


def test_a_short_secret_key_is_refused(settings):
    settings.SECRET_KEY = "short"
    assert ids(checks.keys_are_long(None)) == ["vtc_site.E003"]


def test_one_key_for_two_purposes_is_refused(settings):
    settings.FIELD_ENCRYPTION_KEYS = [settings.SECRET_KEY]
    assert ids(checks.keys_are_long(None)) == ["vtc_site.E004"]


def test_mail_that_goes_nowhere_is_refused(settings):
    settings.SITE_URL, settings.EMAIL_BACKEND = (
        "https://www.clinic.org",
        "django.core.mail.backends.console.EmailBackend",
    )
    assert ids(checks.mail_leaves_the_machine(None)) == ["vtc_site.E005"]


def test_a_password_alone_is_refused_on_a_public_name(settings):
    settings.SITE_URL, settings.STAFF_SECOND_FACTOR = "https://www.clinic.org", False
    assert ids(checks.staff_need_a_second_factor(None)) == ["vtc_site.E006"]
    settings.STAFF_SECOND_FACTOR = True
    assert checks.staff_need_a_second_factor(None) == []


def start_with(tmp_path, **changed):
    """Load the settings in a process of its own, away from any .env."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(settings.BASE_DIR)} | GOOD | changed
    code = (
        "import vtc_site.env_file as e; e.read_env_file = lambda path: None\n"
        "import vtc_site.settings as s; print(s.IS_HTTPS, s.SESSION_COOKIE_NAME)"
    )
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=tmp_path
    )


def test_starts_with_all_settings(tmp_path):
    assert start_with(tmp_path).stdout.split() == ["True", "__Host-session"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SITE_URL": "http://127.0.0.1:8000"}, ["vtc_site.W004"]),
        ({"SITE_URL": "http://www.clinic.org"}, ["vtc_site.E002"]),
        ({"SITE_URL": "http://127.0.0.1:8000", "DEBUG": True}, ["vtc_site.W004", "vtc_site.W005"]),
        ({"SITE_URL": "https://www.clinic.org"}, ["vtc_site.W006"]),
        ({"SITE_URL": "https://www.clinic.org", "SECURE_HSTS_SECONDS": 86400}, []),
    ],
)
def test_what_follows_from_the_address_is_said_once_in_the_words_of_our_settings(settings, changed, said):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "www.clinic.org"] if "DEBUG" not in changed else ["127.0.0.1"]
    is_https = changed["SITE_URL"].startswith("https")
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = is_https
    for name, value in changed.items():
        setattr(settings, name, value)
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    about = ("SITE_URL", "DEBUG", "HSTS", "SECURE_", "_COOKIE_")
    found = [each for each in found if not each.is_silenced() and any(word in each.msg for word in about)]
    assert sorted(ids(found)) == said


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_setting_explains_itself(tmp_path, name):
    result = start_with(tmp_path, **{name: ""})
    assert result.returncode != 0
    assert f"{name} is not set." in result.stderr
    assert "make run" in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FIELD_ENCRYPTION_KEYS", "not-a-key", "key 1 of 1 is not a Fernet key"),
        ("FIELD_ENCRYPTION_KEYS", f"{KEY} {KEY}", "key 1 of 1 is not a Fernet key"),
        ("FIELD_ENCRYPTION_KEYS", f"{KEY};{KEY}", "key 1 of 1 is not a Fernet key"),
        ("FIELD_ENCRYPTION_KEYS", f"{KEY},'{KEY}',{KEY}", "key 2 of 3 is not a Fernet key"),
        ("SITE_URL", "www.clinic.org", "SITE_URL must be a scheme and a host"),
        ("SITE_URL", "https://www.clinic.org/site", "SITE_URL must be a scheme and a host"),
        ("DATABASE_URL", "mysql://u:p@h/n", "DATABASE_URL cannot be read"),
    ],
)
def test_a_wrong_setting_explains_itself(tmp_path, name, value, words):
    result = start_with(tmp_path, **{name: value})
    assert result.returncode != 0
    assert words in result.stderr


def test_server_is_not_prepared_with_unsafe_settings_and_is_told_what_is_left_to_do(tmp_path):
    unsafe = {"SITE_URL": "http://www.clinic.org", "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    process = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "vtc_site.settings"} | GOOD | unsafe
    found = subprocess.run(
        [".ci/prepare"], env=process, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert found.returncode != 0
    assert "(vtc_site.E002) SITE_URL of a public site is http." in found.stderr
    assert "(intake.W005) Nobody would be notified of a new message." in found.stderr
