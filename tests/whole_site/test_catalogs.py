"""The catalogs of translations: nothing of visitors is missing, unsure, or compiled from older words."""

import gettext
import re

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from tests.support import catalogs

pytestmark = pytest.mark.once

FOLDER = settings.LOCALE_PATHS[0]
CODES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
STAFF_ONLY = ("admin/", "registration/")
IN_TEMPLATES = re.compile(
    r"\b(n?p?gettext)\((u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))(?:, *(u?'(?:[^'\\]|\\.)*'))?"
)
IN_CODE = re.compile(r"\b(?:_|gettext|ngettext)\(\s*\"((?:[^\"\\]|\\.)*)\"")


def texts_of_templates():
    """Return every text that a template of visitors marks for translation."""
    found = set()
    root = settings.BASE_DIR / "templates"
    for path in [*root.rglob("*.html"), *root.rglob("*.svg"), *root.rglob("*.txt")]:
        if not str(path.relative_to(root)).startswith(STAFF_ONLY):
            for match in IN_TEMPLATES.finditer(templatize(path.read_text(encoding="utf-8"))):
                first, second = _plain(match[2]), _plain(match[3])
                found.add(f"{first}\x04{second}" if match[1] == "pgettext" else first)
    return found


def _plain(literal):
    return eval(literal.lstrip("u")) if literal else ""  # noqa: S307 - our own templates


def texts_of_code():
    root = settings.BASE_DIR
    files = [path for app in ("content", "intake", "vtc_site") for path in (root / app).rglob("*.py")]
    return {text for path in files for text in IN_CODE.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("code", CODES)
def test_no_text_of_visitors_is_missing_or_unsure(code):
    known, fuzzy = catalogs.entries(FOLDER / code / "LC_MESSAGES" / "django.po")
    assert len(texts_of_templates()) > 150, "the texts are found at all"
    assert (texts_of_templates() | texts_of_code()) - known.keys() == set()
    assert {key for key, texts in known.items() if not all(texts)} == set()
    assert fuzzy == set()


@pytest.mark.parametrize("code", CODES)
def test_the_compiled_file_holds_the_words_of_the_source(code):
    folder = FOLDER / code / "LC_MESSAGES"
    known, _ = catalogs.entries(folder / "django.po")
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    told = {}
    for key, text in compiled.items():
        told.setdefault(key[0] if isinstance(key, tuple) else key, []).append(text)
    assert told.keys() - {""} == known.keys() - {""}
    assert {key for key in told if key and sorted(told[key]) != sorted(known[key])} == set()
