"""What the history and publish screens say of Versions and findings. Used by publish.py."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from content.admin import findings as told
from content.models import Version


@dataclass(frozen=True)
class Row:
    """One Version in the history."""

    version: Version
    state: str
    is_current: bool
    is_scheduled: bool
    is_draft: bool  # what the edit screen shows


def rows_of(page, versions):
    """Return a `Row` for each of `versions`: two queries."""
    current = Version.objects.current().filter(page=page).values_list("pk", flat=True).first()
    newest = Version.objects.filter(page=page).order_by("-number").values_list("pk", flat=True).first()
    return [_row(version, version.pk == current, version.pk == newest) for version in versions]


def _row(version, is_current, is_draft):
    is_scheduled = bool(version.live_from and version.live_from > timezone.now())
    state = _state(version, is_current, is_scheduled, is_draft)
    return Row(version, state, is_current, is_scheduled, is_draft)


def _state(version, is_current, is_scheduled, is_draft):
    if not version.live_from:
        return "The draft, not live yet" if is_draft else "Never live"
    start, end = _moment(version.live_from), version.live_until
    until = f" until {_moment(end)}" if end else ""
    if is_scheduled:
        return f"Goes live {start}{until}"
    return f"Live now, since {start}{until}" if is_current else f"Was live from {start}{until}"


def _moment(moment):
    return date_format(timezone.localtime(moment), "M j, Y, g:i A")


def told_findings(findings, version, *, is_draft):
    """Return the `ToldFinding`s of `version`; those of the newest link to the edit form."""
    blocks = version.snapshot["blocks"]
    if not is_draft:
        return told.tell(findings, blocks)
    form_url = reverse("admin:content_page_change", args=[version.page_id])
    return told.tell(findings, blocks, told.rows_of_blocks(blocks), form_url=form_url)
