"""Which release of the site runs. Used by health.py, backups/ and the admin's footer."""

import subprocess
from contextlib import suppress
from functools import cache

from django.conf import settings


@cache
def version():
    """Return the version that pyproject.toml gives."""
    lines = (settings.BASE_DIR / "pyproject.toml").read_text().splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("version = "))


@cache
def commit():
    """Return the commit that is checked out; empty where the site was unpacked without git."""
    command = ["git", "rev-parse", "HEAD"]
    with suppress(OSError):
        done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)  # noqa: S603
        return done.stdout.strip()
    return ""
