"""docs/deploy/backup: one file a run, 30 days kept, and nothing deleted by a run that failed."""

import os
import shutil
import subprocess
import time

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
DAY = 24 * 60 * 60


@pytest.fixture
def checkout(tmp_path):
    """The script beside a manage.py that writes its file, or fails."""
    script, python = tmp_path / "docs/deploy/backup", tmp_path / ".venv/bin/python"
    script.parent.mkdir(parents=True)
    python.parent.mkdir(parents=True)
    shutil.copy(settings.BASE_DIR / "docs/deploy/backup", script)
    python.write_text('#!/bin/sh\n[ ! -e broken ] && echo rows >"$3"\n')
    python.chmod(0o755)
    return tmp_path


@pytest.fixture
def folder(checkout):
    folder = checkout / "backups"
    folder.mkdir()
    for name, days in (("2026-01-01-032000.vtc", 32), ("2026-01-20-032000.vtc", 29), ("notes.txt", 99)):
        (folder / name).touch()
        os.utime(folder / name, (time.time() - days * DAY,) * 2)
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_there_and_what_is_older_than_30_days_is_gone(checkout, folder):
    subprocess.run([checkout / "docs/deploy/backup", folder], check=True)
    kept, new, other = names(folder)
    assert (kept, other) == ("2026-01-20-032000.vtc", "notes.txt")
    assert (folder / new).read_text() == "rows\n" and (folder / new).stat().st_mode & 0o777 == 0o600


def test_a_run_that_fails_deletes_nothing(checkout, folder):
    (checkout / "broken").touch()
    before = names(folder)
    assert subprocess.run([checkout / "docs/deploy/backup", folder]).returncode == 1
    assert names(folder) == before
