"""Settings of a site that a drill starts, kills and starts again: production's, with plain static files."""

from vtc_site.settings import *  # noqa: F403
from vtc_site.settings import STORAGES

STATICFILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES = STORAGES | {"staticfiles": STATICFILES}
EMAIL_TIMEOUT = 1  # seconds; the lease of a killed process is then over in 12 seconds
