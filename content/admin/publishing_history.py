"""What the history and publish screens say of Versions and findings. Used by content/admin/publishing.py."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from content.models import BLOCK_MODELS, Version

MODELS = {model.kind: model for model in BLOCK_MODELS}
TITLES = ("heading", "question", "figure", "alt", "intro")


@dataclass(frozen=True)
class Row:
    """One Version in the history."""

    version: Version
    state: str
    is_current: bool
    is_scheduled: bool


@dataclass(frozen=True)
class ToldFinding:
    """A finding with the words for its place and the link to it; no link where the draft is another text."""

    severity: str
    message: str
    text: str
    place: str
    url: str


def rows_of(page, versions):
    """Return a `Row` for each of `versions`: one query."""
    current = Version.objects.current().filter(page=page).values_list("pk", flat=True).first()
    return [_row(version, version.pk == current) for version in versions]


def _row(version, is_current):
    now = timezone.now()
    is_scheduled = bool(version.live_from and version.live_from > now)
    return Row(version, _state(version, is_current, is_scheduled), is_current, is_scheduled)


def _state(version, is_current, is_scheduled):
    if not version.live_from:
        return "Draft, never live"
    start, end = _moment(version.live_from), version.live_until
    until = f" until {_moment(end)}" if end else ""
    if is_scheduled:
        return f"Goes live {start}{until}"
    return f"Live now, since {start}{until}" if is_current else f"Was live from {start}{until}"


def _moment(moment):
    return date_format(timezone.localtime(moment), "M j, Y, g:i A")


def told_findings(findings, version, *, is_draft):
    """Return the `ToldFinding`s of `version`; those of the newest link to the edit form."""
    blocks, seen, ids = version.snapshot["blocks"], Counter(), []
    for block in blocks:
        model = MODELS.get(block["kind"])
        prefix = model._meta.get_field("parent").remote_field.get_accessor_name() if model else "page"
        ids.append(f"{prefix}-{seen[prefix]}")  # as Django's formsets name their rows
        seen[prefix] += 1
    edit = reverse("admin:content_page_change", args=[version.page_id]) if is_draft else ""
    return [_told(finding, blocks, ids, edit) for finding in findings]


def _told(finding, blocks, ids, edit):
    if finding.block is None:
        place, anchor = "The page", f"#id_{finding.field}" if finding.field else ""
    else:
        place, anchor = _place(finding.block, blocks[finding.block]), f"#{ids[finding.block]}"
    return ToldFinding(
        finding.severity, finding.message, finding.text, place, f"{edit}{anchor}" if edit else ""
    )


def _place(number, block):
    title = next((block[name] for name in TITLES if block.get(name)), "")
    kind = str(MODELS[block["kind"]]._meta.verbose_name)
    return f"Block {number + 1}, {kind} “{title}”" if title else f"Block {number + 1}, {kind}"
