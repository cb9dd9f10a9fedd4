"""Settings of the tests: the production settings with fixed keys, plain static files and fast passwords."""

import os
import tempfile
from pathlib import Path

from tests.browser.fonts import configuration

os.environ.update(
    SECRET_KEY="a-key-for-tests-only-" + "x" * 40,
    FIELD_ENCRYPTION_KEYS="dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdDA=",
    SITE_URL="http://testserver",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    EMAIL_URL="smtp://127.0.0.1:1",
    DEFAULT_FROM_EMAIL="website@vtc.example",
    COPY_FROM_EMAIL="website@vtc.example",
    STAFF_IDLE_MINUTES="30",
    DEBUG="False",
    ENV_FILE=os.devnull,  # the settings of a trial on this machine are none of ours
    FONTCONFIG_FILE=configuration("usual"),
    LC_ALL="C.UTF-8",  # what browsers and other programs speak; their time zone is the site's, by Django
)
os.environ.setdefault("DATABASE_URL", "sqlite:///var/tests.sqlite3")

from vtc_site.settings import *  # noqa: F403
from vtc_site.settings import BASE_DIR, STORAGES

# Other runs on this machine have their own, and a trial has left its files.
_folder = Path(tempfile.mkdtemp())
STAMP_FILE, STATIC_ROOT = _folder / "freshness", _folder / "static"
STORING_ALARM_FILE = _folder / "owners-know"
(BASE_DIR / "var").mkdir(exist_ok=True)
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # serves static/ as it is, nothing collected
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STAFF_SECOND_FACTOR = AXES_ENABLED = False  # tests of the sign-in itself switch them on
