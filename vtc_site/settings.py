"""Settings, read once from the environment and safe by default; development loosens them (DEBUG=True).

The names are a contract (explained in .env.example): SECRET_KEY, FIELD_ENCRYPTION_KEYS, DATABASE_URL,
EMAIL_URL, DEFAULT_FROM_EMAIL, SITE_URL, ALLOWED_HOSTS, DEBUG. SITE_URL decides everything that depends on
https.
"""

import os
from datetime import timedelta
from email.utils import formataddr, parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from js_asset import Script

from vtc_site.addresses import allowed_host, sender, site_url
from vtc_site.env_file import read_env_file
from vtc_site.environment import (
    database,
    database_url,
    encryption_keys,
    env,
    mail_connection,
    mail_server,
    refuse_misread,
    required,
    whole_number,
    yes_or_no,
)

BASE_DIR = Path(__file__).resolve().parent.parent
ENV_FILE = Path(os.environ.get("ENV_FILE", BASE_DIR / ".env"))  # a server names its own, or none
read_env_file(ENV_FILE)
refuse_misread()

# --- What the environment says ---------------------------------------------------------------------
DEBUG = yes_or_no("DEBUG", default=False)
SECRET_KEY = required("SECRET_KEY", "the random secret that signs sessions and links", "a-long-random-text")
FIELD_ENCRYPTION_KEYS = encryption_keys(
    required("FIELD_ENCRYPTION_KEYS", "the list of keys that encrypt messages, newest first", "KEY2,KEY1")
)
SITE_URL = site_url(required("SITE_URL", "the public address of the site", "https://www.example.org"))
_site = urlsplit(SITE_URL)
_port = f":{_site.port}" if _site.port else ""
_host = _site.netloc.removesuffix(_port)
ALLOWED_HOSTS = [allowed_host(name) for name in env.list("ALLOWED_HOSTS", default=[_host])]
ALLOWED_ORIGINS = [SITE_URL, *(f"{_site.scheme}://{host}{_port}" for host in ALLOWED_HOSTS)]
IS_HTTPS = _site.scheme == "https"

# --- Applications ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "vtc_site",
    "vtc_site.apps.AdminConfig",
    "vtc_site.apps.AuthConfig",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_otp",
    "django_otp.plugins.otp_static",
    "axes",
    "crispy_forms",
    "content_editor",
    "django_prose_editor",
    "content",
    "intake",
]

MIDDLEWARE = [
    "vtc_site.middleware.ResourcePolicyMiddleware",  # header middleware above WhiteNoise: static files too
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "vtc_site.middleware.HealthMiddleware",  # above everything that looks at the host
    "vtc_site.middleware.CanonicalAddressMiddleware",  # below the headers: its redirects carry them too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vtc_site.middleware.LanguageMiddleware",
    "vtc_site.middleware.EncodingMiddleware",
    "vtc_site.middleware.MethodMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",  # sets no cookie unless someone signs in
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "vtc_site.sign_in.middleware.StaffMiddleware",
]

ROOT_URLCONF = "vtc_site.urls"
WSGI_APPLICATION = "vtc_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vtc_site.context_processors.shared_facts",
            ]
        },
    }
]

# --- Database, mail, files -------------------------------------------------------------------------
DATABASES = {"default": database(database_url(BASE_DIR), BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if DEBUG and not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
else:
    vars().update(
        mail_server(
            "EMAIL_URL", required("EMAIL_URL", "the mail server", "smtp+tls://USER:PASSWORD@HOST:587")
        )
    )
    EMAIL_FILE_PATH = BASE_DIR / globals()["EMAIL_FILE_PATH"]  # of filemail:///var/mail
EMAIL_TIMEOUT = 20  # seconds; below the lease of a notification
DEFAULT_FROM_EMAIL = sender(
    "DEFAULT_FROM_EMAIL",
    env.str("DEFAULT_FROM_EMAIL", default="website@localhost")
    if DEBUG
    else required("DEFAULT_FROM_EMAIL", "the sender of email to staff", "website@example.org"),
)
# Who sends people their reference: by default without the name, which may tell what kind of site this is.
COPY_FROM_EMAIL = sender(
    "COPY_FROM_EMAIL", env.str("COPY_FROM_EMAIL", default=parseaddr(DEFAULT_FROM_EMAIL)[1])
)
# The mail server of these references, so that a flood of them cannot wear out the one that tells staff.
COPY_EMAIL = mail_connection("COPY_EMAIL_URL")
# Mails about a sign-in say whose they are: somebody may have no other mail of this site to compare.
_name, _address = parseaddr(DEFAULT_FROM_EMAIL)
SIGN_IN_FROM_EMAIL = formataddr((_name or f"Staff website of {_site.hostname}", _address))
MAIL_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}  # no “out of office”
STAFF_MAIL_HEADERS = {**MAIL_HEADERS, "List-Id": f"Staff notices <staff.{_site.hostname}>"}
ADMINS = MANAGERS = []  # Django's error mail contains what people typed

STAMP_FILE = BASE_DIR / "var" / "freshness"  # see content/caching/stamp_file.py
STORING_ALARM_FILE = BASE_DIR / "var" / "owners-know-that-messages-are-refused"  # see storing_alarm.py

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "vtc_site.static_storage.FlatManifestStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024  # bytes; the longest message is far below it, and so is a long page
DATA_UPLOAD_MAX_NUMBER_FIELDS = (
    10_000  # a page of 200 blocks sends 2,000; the bytes above hold the public form
)

# --- Staff -----------------------------------------------------------------------------------------
PASSWORD_HASHERS = ["vtc_site.sign_in.hashing.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds
STAFF_SECOND_FACTOR = yes_or_no("STAFF_SECOND_FACTOR", default=not DEBUG)
STAFF_IDLE_SECONDS = 60 * whole_number(
    "STAFF_IDLE_MINUTES", default=30, at_least=3, at_most=24 * 60
)  # warned 2 before
STAFF_FRESH_CODE_SECONDS = 10 * 60  # a sign-off of medical text needs a code no older than this
STAFF_WARNING_SECONDS = 120  # the warning comes this long before the idle time is over
STAFF_SESSION_SECONDS = SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_ENGINE = "vtc_site.sign_in.session_store"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # one person from one place, never everybody
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who waits gets in, even while somebody guesses on
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "vtc_site.sign_in.throttling.address_pseudonym"
AXES_USERNAME_CALLABLE = "vtc_site.sign_in.throttling.account_pseudonym"
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # its middleware is not needed: the sign-in form says it is locked
    # They follow from SITE_URL, HSTS_SECONDS and DEBUG: said once, by these names, in checks.py.
    *(f"security.{number}" for number in ("W004", "W008", "W011", "W016", "W018")),
    "security.W005",  # names below the host are promised only when HSTS_SUBDOMAINS says so
    "security.W021",
]

# --- Language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "en"  # of every address that does not start with another one of these, as /es/ does
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "vtc_site" / "locale"]
TIME_ZONE = "America/Los_Angeles"
USE_I18N = True
FORMAT_MODULE_PATH = ["vtc_site.formats"]
USE_TZ = True

# --- Security --------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = IS_HTTPS  # ResourcePolicyMiddleware makes it a 308: a POST keeps its body
SECURE_SSL_HOST = _site.netloc if IS_HTTPS else None  # at once to the right host
SECURE_REDIRECT_EXEMPT = [r"^healthz/?$"]  # a monitor beside the site asks without TLS
_hsts = whole_number("HSTS_SECONDS", default=24 * 60 * 60, at_least=0, at_most=10**9)
SECURE_HSTS_SECONDS = _hsts if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = yes_or_no("HSTS_SUBDOMAINS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
DEVICE_COOKIE_NAME = "__Secure-device" if IS_HTTPS else "device"  # of staff; see sign_in/devices.py
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "vtc_site.sign_in.views.stale_page"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
_NO_ONE = ["camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb"]
PERMISSIONS_POLICY = {feature: [] for feature in _NO_ONE}

VISITOR_NETWORK = "intake.client_address.network_of"  # what content asks where a request comes from

# --- Words that pages borrow from the messages: {code} in a page's text -> function that returns them
PAGE_WORDS = {
    "message-retention": "intake.models.intake_settings.retention_in_words",
    "clinic": "content.rendering.clinic_words.phone",
    "clinic-name": "content.rendering.clinic_words.name",
    "clinic-text": "content.rendering.clinic_words.text_number",
    "clinic-hours": "intake.reply_times.hours_in_words",
    "clinic-price": "content.rendering.clinic_words.price",
    "clinic-insurers": "content.rendering.clinic_words.insurers",
    "clinic-medi-cal": "content.rendering.clinic_words.medi_cal",
    "clinic-insurance-unknown": "content.rendering.clinic_words.insurance_unknown",
    "clinic-ages": "content.rendering.clinic_words.ages",
    "clinic-ages-unknown": "content.rendering.clinic_words.ages_unknown",
    "clinic-medicine": "content.rendering.clinic_words.medicine",
    "clinic-medicine-unknown": "content.rendering.clinic_words.medicine_unknown",
    "clinic-languages": "content.rendering.clinic_words.languages",
    "clinic-languages-unknown": "content.rendering.clinic_words.languages_unknown",
}

CLINIC_NAME = "content.rendering.clinic_words.name"  # for scripts and emails of the messages

# --- Forms, editor, logging ------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "vtc"
DJANGO_PROSE_EDITOR_PRESETS = {"when-seen": [Script("js/admin/rich-text.js", type="module")]}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "private": {"()": "vtc_site.private_logging.PrivateFormatter"},
        "access": {"()": "vtc_site.private_logging.AccessFormatter"},
    },
    "filters": {"repeats": {"()": "vtc_site.private_logging.RepeatFilter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "private", "filters": ["repeats"]},
        "access": {"class": "logging.StreamHandler", "formatter": "access", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},  # no ADMINS mail
        # Whoever asks by another name is a program that tries addresses: it would fill the log with errors.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "axes": {"handlers": [], "level": "CRITICAL", "propagate": False},  # it would name accounts
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "granian.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
    },
}
