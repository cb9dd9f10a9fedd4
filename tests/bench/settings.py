"""Settings of a measured site: production's, with its files in the folder BENCH_FOLDER."""

import os
from pathlib import Path

from vtc_site.settings import *  # noqa: F403

FOLDER = Path(os.environ["BENCH_FOLDER"])
STATIC_ROOT = FOLDER / "static"
STAMP_FILE = FOLDER / "freshness"
STORING_ALARM_FILE = FOLDER / "owners-know"
ROOT_URLCONF = os.environ.get("BENCH_URLS", "vtc_site.urls")
if os.environ.get("BENCH_STATIC") == "plain":  # nothing was collected, only the pages are asked for
    STORAGES = STORAGES | {  # noqa: F405
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
