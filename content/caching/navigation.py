"""The order of the live pages: menu, previous and next, sitemap. Called by site_facts, which remembers it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Coalesce

from content.models import Version, languages


@dataclass(frozen=True)
class Topic:
    """A live page as links need it."""

    path: str
    short_name: str
    position: int
    in_menu: bool
    live_from: datetime
    work: int  # the same for a page and its translations: the key of the page it was first

    @property
    def language(self):
        """The code of its language."""
        return languages.of_path(self.path)


def topics():
    """Return all live pages in their order: one query, whatever their number."""
    fields = ("path", "short_name", "position", "in_menu")
    rows = Version.objects.current().values_list(
        *(f"snapshot__page__{field}" for field in fields),
        "live_from",
        Coalesce("page__translation_of", "page"),
    )
    return sorted((Topic(*row) for row in rows), key=lambda topic: (topic.position, topic.path))


def neighbors(path, among):
    """Return the topics before and after `path`, None where there is none. Home and help stand outside."""
    row = [topic for topic in of_language(languages.of_path(path), among) if topic.work not in _apart(among)]
    place = next((i for i, topic in enumerate(row) if topic.path == path), None)
    if place is None:
        return None, None
    return (row[place - 1] if place else None), (row[place + 1] if place + 1 < len(row) else None)


def of_language(code, among):
    """Return those of the topics `among` that are in the language `code`."""
    return [topic for topic in among if topic.language == code]


def _apart(among):
    return {topic.work for topic in among if topic.path in ("/", "/overdose-help/")}
