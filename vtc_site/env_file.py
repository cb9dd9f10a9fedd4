"""Reads the file `.env`, and refuses what would be misread. Used by environment.py and .ci/trial_settings.py.

django-environ passes over a line that it does not understand, and prints it whole: it may hold a key.
"""

import io
import re
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

SETTING = re.compile(r"(?:export )?[A-Za-z_0-9]+=")
NAME = re.compile(r"[A-Z_]{3,}")


def read_env_file(path: Path):
    """Load `path` (written by `make run`) without overriding what the environment already says.

    Raises `ImproperlyConfigured`, which names the line and never quotes it.
    """
    if path.exists():
        text = _text(path)
        _refuse_odd_lines(path, text)
        environ.Env.read_env(io.StringIO(text), overwrite=False)


def _text(path):
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors put a mark before the first line
    except IsADirectoryError:
        raise ImproperlyConfigured(f"{path} is a folder. It has to be a file of settings.") from None
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"{path} is no text in UTF-8. Save it again as plain text.") from None


def _refuse_odd_lines(path, text):
    lines = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        if not SETTING.match(line):
            raise _no_setting(path, number, line)
        name = line.removeprefix("export ").partition("=")[0]
        if lines.setdefault(name, number) != number:
            raise ImproperlyConfigured(
                f"{path} sets {name} in line {lines[name]} and again in line {number}."
            )


def _no_setting(path, number, line):
    name = NAME.search(line.split("=")[0])
    about = f", about {name[0]}," if name and not line[: name.start()].strip(" \t") else ""
    return ImproperlyConfigured(
        f"Line {number} of {path}{about} is no setting and no comment.\n"
        "  Write NAME=value from the first column on, with no blank around =, and # before a comment."
    )
