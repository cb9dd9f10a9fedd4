"""In a checkout of somebody else every script of .ci/ says whose it is and what to do. See .ci/may."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
OWNER = getpass.getuser()
STRANGER = "nobody" if os.geteuid() == 0 else OWNER  # root may write everywhere; who else is no other
PLACE = {"PORT": "8000", "BIND": "127.0.0.1", "WORKERS": "1"}


@pytest.fixture
def checkout():
    """The scripts in a folder that nobody may write but root; pytest's own folders cannot be entered."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(settings.BASE_DIR / ".ci", f"{name}/.ci", ignore=shutil.ignore_patterns("__*"))
        shutil.copy(settings.BASE_DIR / "requirements.txt", name)
        python = Path(name, ".venv/bin/python")
        python.parent.mkdir(parents=True)
        python.write_text("#!/bin/sh\n")
        python.chmod(0o755)
        Path(name).chmod(0o555)
        yield Path(name)
        Path(name).chmod(0o755)


def said(checkout, script):
    done = subprocess.run(
        [checkout / ".ci" / script, "requirements.txt"],
        env=PLACE | {"PATH": os.environ["PATH"]},
        user=pwd.getpwnam(STRANGER).pw_uid,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done
    return done.stderr.splitlines()


def whose(place, doing, checkout):
    return [
        f"{place} belongs to {OWNER}, and {STRANGER} may not {doing} it.",
        f"Run the command as {OWNER}, or make the whole checkout yours,"
        f' as root: chown -R {STRANGER} "{checkout}"',
    ]


@pytest.mark.parametrize("script", ["prepare", "serve", "try-site"])
def test_a_folder_that_may_not_be_written_is_named_with_its_owner(checkout, script):
    (checkout / ".venv/installed").mkdir()
    shutil.copy(checkout / "requirements.txt", checkout / ".venv/installed")
    assert said(checkout, script) == whose(checkout, "write", checkout)


def test_packages_are_not_installed_into_the_environment_of_another(checkout):
    (checkout / ".venv").chmod(0o555)
    assert said(checkout, "set-up-environment") == whose(".venv", "write", checkout)


@pytest.mark.parametrize("script", ["check", "prepare", "serve"])
def test_an_environment_that_may_not_be_used_is_named_with_its_owner(checkout, script):
    (checkout / ".venv/bin/python").chmod(0o600 if OWNER != STRANGER else 0)
    assert said(checkout, script) == whose(".venv/bin/python", "run", checkout)


def test_no_environment_is_made_in_the_folder_of_another(checkout):
    shutil.rmtree(checkout / ".venv/bin")
    assert said(checkout, "set-up-environment") == whose(checkout, "write", checkout)


def test_an_environment_that_is_not_there_yet_is_made_by_make(checkout):
    (checkout / ".venv/bin/python").unlink()
    words = "There is no .venv/bin/python yet. It is made by: make prepare"
    assert said(checkout, "serve") == [words] == said(checkout, "check")
