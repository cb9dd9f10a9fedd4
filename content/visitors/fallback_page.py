"""The overdose steps as this release carries them: for when their record is gone or nothing can be read.

Staff cannot break this page. Called by views.page; made of the starting pages, without the database.
"""

from dataclasses import replace
from functools import cache

from content import starter
from content.caching import site_facts
from content.models import Helpline, Source, Version

PATHS = {"/overdose-help/", "/es/sobredosis/"}


@cache
def overdose_help(path):
    """Return the built-in page at `path` as a Version that no database knows."""
    data = next(data for data in starter.page_files() if data["path"] == path)
    return Version(snapshot=starter.snapshot_of(data), next_review_on=data["next_review_on"])


def known_facts():
    """Return the Facts of now or the last known ones, completed by those of the release."""
    known, (helplines, sources) = site_facts.at_hand(), _records()
    return replace(known, helplines=helplines | known.helplines, sources=sources | known.sources)


@cache
def _records():
    fields = [{name: data[name] for name in data if name != "sources"} for data in starter.helplines()]
    helplines = [Helpline(**data) for data in fields]
    sources = [Source(**data) for data in starter.sources()]
    return {line.slug: line for line in helplines}, {source.slug: source for source in sources}
