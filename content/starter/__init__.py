"""The pages, helplines and sources that a new installation begins with, and their loader.

Data: `pages/*.toml`, `helplines.toml`, `sources.toml`, `glossary.toml`, `synonyms.toml`, `site.toml`.
Loading twice changes nothing and never overwrites what staff have edited: a record that exists is left
alone. And `templates/*.toml`, which the admin offers for new pages.
"""

import tomllib
from pathlib import Path

from django.conf import settings
from django.db import transaction

from content import publishing
from content.models import (
    BLOCKS_BY_KIND,
    GlossaryTerm,
    Helpline,
    Page,
    SiteSettings,
    Source,
    Synonym,
    Version,
)

FOLDER = Path(__file__).parent
LINE_FIELDS = {name for model in BLOCKS_BY_KIND.values() for name in model.line_fields}


def page_files():
    """Return the data of every starting page in the order of the topics, those in English first."""
    return sorted((_read(path) for path in (FOLDER / "pages").rglob("*.toml")), key=_originals_first)


def _originals_first(page):
    return "translation_of" in page, page["position"]


def sources():
    """Return the data of every starting Source."""
    return _read(FOLDER / "sources.toml")["sources"]


def helplines():
    """Return the data of every starting Helpline; `sources` in it are the codes of its Sources."""
    return _read(FOLDER / "helplines.toml")["helplines"]


def glossary():
    """Return the data of every starting GlossaryTerm; `source` in it is the code of its Source."""
    return _read(FOLDER / "glossary.toml")["terms"]


def synonyms():
    """Return the data of every starting Synonym."""
    return _read(FOLDER / "synonyms.toml")["synonyms"]


def templates():
    """Return the data of every template for new pages, by its name in the form."""
    found = {path.stem: _read(path) for path in (FOLDER / "templates").glob("*.toml")}
    return dict(sorted(found.items(), key=lambda each: each[1]["position"]))


def start_from(template, page):
    """Write the starter blocks of the template named `template` at the end of the draft of `page`."""
    publishing.add_blocks(page, _blocks(templates()[template]))


def site():
    """Return the data of the starting SiteSettings."""
    return _read(FOLDER / "site.toml")


def _read(path):
    with path.open("rb") as file:
        return tomllib.load(file)


@transaction.atomic
def load():
    """Load what is missing and return the paths of the pages that were added, each published."""
    for data in sources():
        Source.objects.get_or_create(slug=data["slug"], defaults=data)
    for data in helplines():
        _load_helpline(data)
    for data in glossary():
        source = Source.objects.filter(slug=data.pop("source", "")).first()
        GlossaryTerm.objects.get_or_create(term=data["term"], defaults=data | {"source": source})
    for data in synonyms():
        language = data.get("language", settings.LANGUAGE_CODE)
        Synonym.objects.get_or_create(pages_say=data["pages_say"], language=language, defaults=data)
    SiteSettings.objects.get_or_create(pk=1, defaults=site())
    added = [data for data in page_files() if not Page.objects.filter(path=data["path"]).exists()]
    versions = [_drafted(data) for data in added]  # all before the first is published: pages link to pages
    for version, data in zip(versions, added, strict=True):
        publishing.publish(version, change=Version.Change.CLINICAL, next_review_on=data["next_review_on"])
    return [data["path"] for data in added]


def _load_helpline(data):
    cited = data.pop("sources", [])
    helpline, is_new = Helpline.objects.get_or_create(slug=data["slug"], defaults=data)
    if is_new:
        helpline.sources.set(Source.objects.filter(slug__in=cited))


def _drafted(data):
    page = Page(path=data["path"], is_protected=True, required_topics=data.get("required_topics", []))
    if original := data.get("translation_of"):
        page.translation_of = Page.objects.filter(path=original, trashed_at=None).first()
    publishing.write_draft(page, snapshot_of(data))
    return publishing.record(page, note="Starting page")


def snapshot_of(data):
    """Return the snapshot that the page file `data` describes."""
    return {
        "page": {name: data[name] for name in publishing.PAGE_FIELDS},
        "blocks": _blocks(data),
    }


def _blocks(data):
    return [{name: _value(name, value) for name, value in block.items()} for block in data["blocks"]]


def _value(name, value):
    return "\n".join(value) if name in LINE_FIELDS else value
