"""What the guide for editors prints in bold are words on a screen: they stand where screens are made."""

import re

import pytest
from django.conf import settings

GUIDE = settings.BASE_DIR / "docs" / "editing-pages.md"
SCREENS = {
    "content": "*.py",
    "vtc_site": "*.py",
    "templates/admin": "*.html",
    "static/js/admin": "*.js",
    "content/starter/templates": "*.toml",
}
DJANGO = {"add page", "filter", "action", "go"}  # on screens that are Django's
# Put together on the screen: the part that stands in our code
PARTS = {
    "in español": "In {name}",
    "replace in the drafts of the checked pages": "in the drafts of the checked pages",
}


def plain(text):
    return re.sub(r"\s+", " ", text.replace("’", "'")).lower()


@pytest.fixture(scope="module")
def screens():
    files = [file for folder, kind in SCREENS.items() for file in (settings.BASE_DIR / folder).rglob(kind)]
    return plain(" ".join(file.read_text() for file in files))


def bold_terms():
    found = re.findall(r"\*\*(.+?)\*\*", GUIDE.read_text())
    return list(dict.fromkeys(plain(term) for term in found))


def test_every_word_in_bold_stands_on_a_screen(screens):
    terms = [term for term in bold_terms() if term not in DJANGO]
    assert len(terms) > 60
    missing = [term for term in terms if not stands(PARTS.get(term, term), screens)]
    assert missing == []


def stands(term, screens):
    """Whether all parts of `term` do: dots are for a number, and Django puts “By” before a filter."""
    parts = plain(term).removeprefix("by ").split("…")
    return all(part.strip(" .:") in screens for part in parts)
