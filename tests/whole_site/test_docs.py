"""What the README and docs/ name is there: files, folders, links, and headings within a document."""

import re

import pytest
from django.conf import settings
from django.utils.text import slugify

from vtc_site import release

pytestmark = pytest.mark.once
ROOT = settings.BASE_DIR
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"(?:\]\(|(?:src|srcset|href)=\")([^)\s\"]+)")
CODE = re.compile(r"`([^`\n]+)`")
OUR_FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()} - {".git", ".venv", "var"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document):
    links = [link for link in LINK.findall(document.read_text()) if not re.match(r"\w+:|/", link)]
    broken = []
    for link in links:
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []


def _anchors(document):
    return {slugify(heading) for heading in re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_of_ours_in_a_document_exists(document):
    """A path of ours starts with a folder of this repository."""
    text = re.sub(r"```.*?```", "", document.read_text(), flags=re.DOTALL)
    paths = [name for name in CODE.findall(text) if name.partition("/")[0] in OUR_FOLDERS and "/" in name]
    gone = [name for name in paths if "*" not in name and not (ROOT / re.split(r"[: ]", name)[0]).exists()]
    assert gone == []


def test_the_release_has_notes_with_an_upgrade_and_a_way_back():
    text = (ROOT / "CHANGELOG.md").read_text()
    notes = dict(re.findall(r"^## (\S+).*?\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert release.version() in notes or (release.version().startswith("0.") and "Unreleased" in notes)
    assert all("\nUpgrade\n" in each and "\nThe way back\n" in each for each in notes.values())


def test_the_documents_name_enough_for_these_tests_to_mean_something():
    texts = [document.read_text() for document in DOCUMENTS]
    assert sum(len(LINK.findall(text)) for text in texts) > 15
    assert sum(text.count(f"`{folder}/") for text in texts for folder in OUR_FOLDERS) > 50
