"""Which pages use a source, a helpline or an image: live, scheduled or drafted.

Called by the admin of shared facts and images, which shows it and deletes nothing that a page needs.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from content.models import Page, Picture, Version
from content.rendering.tokens import tokens


@dataclass(frozen=True)
class Use:
    """A page names a fact: `where` is "live", "planned" or "draft"."""

    page: Page
    where: str


@dataclass(frozen=True)
class Uses:
    """All of them, by the code of the fact."""

    sources: dict
    helplines: dict


def all_uses():
    """Return the `Uses` of all pages: two queries, whatever their number."""
    found = Uses(defaultdict(list), defaultdict(list))
    live = set(Version.objects.current().values_list("pk", flat=True))
    for version in _versions(live):
        codes, lines = named(version.snapshot)
        use = Use(version.page, _where(version, live))
        for names, by_code in ((codes, found.sources), (lines, found.helplines)):
            for code in names:
                if use not in by_code[code]:
                    by_code[code].append(use)
    return found


def _versions(live):
    """The Versions that matter: those live now, those that go live later, and the newest of each page."""
    newest = Version.objects.filter(page=OuterRef("page")).order_by("-number").values("pk")[:1]
    matter = Q(pk__in=live) | Q(live_from__gt=timezone.now()) | Q(pk=Subquery(newest))
    return (
        Version.objects.filter(matter)
        .select_related("page")
        .order_by("page__position", "page__path", "number")
    )


def _where(version, live):
    if version.pk in live:
        return "live"
    return "planned" if version.live_from and version.live_from > timezone.now() else "draft"


def named(snapshot):
    """Return the codes of the sources and of the helplines that `snapshot` names."""
    codes, lines = tokens("\n".join(texts(snapshot["page"]) + texts(*snapshot["blocks"])))
    for block in snapshot["blocks"]:
        lines += block.get("helplines") or []
    return set(codes), set(lines)


def texts(*parts):
    """Return the texts in these parts of a snapshot."""
    return [value for part in parts for value in part.values() if isinstance(value, str)]


def pages_by_picture():
    """Return the pages that use each picture, by its digest: two queries, whatever the number of pages."""
    found = defaultdict(set)
    for block in Picture.objects.select_related("parent"):
        for digest in filter(None, (block.image, block.cropped)):
            found[digest].add(block.parent)
    # The text is looked through by the database: few Versions hold pictures, and only those are read.
    for version in Version.objects.filter(snapshot__icontains='"image"').select_related("page"):
        for block in version.snapshot["blocks"]:
            if block["kind"] == Picture.kind:
                for digest in filter(None, (block.get("image"), block.get("cropped"))):
                    found[digest].add(version.page)
    return {digest: sorted(pages, key=str) for digest, pages in found.items()}
