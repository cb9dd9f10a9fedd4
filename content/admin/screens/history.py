"""The history of a page: its Versions, two of them compared, one of them shown or restored."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from content import publishing
from content.admin.screens import MAY_PUBLISH, go_to, page_admin, page_for, show, version_number, versions_of
from content.diff.pages import compare
from content.models import Version
from content.visitors.views import draft_answer

VERSIONS_A_SCREEN = 50


def history(request, pk):
    """List every Version, newest first; Django's own history of the form says less."""
    page = page_for(request, version_number(str(pk)))
    versions = versions_of(page).order_by("-number").defer("snapshot")
    part = Paginator(versions, VERSIONS_A_SCREEN).get_page(request.GET.get("p"))
    return show(
        request,
        "history",
        page,
        "History",
        part=part,
        rows=rows_of(page, part),
        may_restore=page_admin().has_change_permission(request, page),
        may_publish=request.user.has_perm(MAY_PUBLISH),
    )


@require_safe
def compare_versions(request, pk):
    """Show two Versions word by word: ?from=NUMBER&to=NUMBER, in either order."""
    page = page_for(request, pk)
    numbers = sorted(version_number(request.GET.get(name, "")) for name in ("from", "to"))
    old, new = (get_object_or_404(versions_of(page), number=number) for number in numbers)
    comparison = compare(old.snapshot, new.snapshot)
    return show(request, "compare", page, "Compare", old=old, new=new, comparison=comparison)


@require_safe
def version(request, pk, number):
    """Show the page as it was, or would be: the real template, marked as a draft, kept by nobody."""
    page = page_for(request, pk)
    return draft_answer(request, get_object_or_404(versions_of(page), number=number))


@require_POST
def restore(request, pk, number):
    """Copy a Version into the draft; what was there stays in the history."""
    page = page_for(request, pk)
    if not page_admin().has_change_permission(request, page):
        raise PermissionDenied
    chosen = get_object_or_404(versions_of(page), number=number)
    try:
        restored = publishing.restore(chosen, author=request.user)
    except ValidationError as error:
        reasons = " ".join(error.messages)
        messages.error(request, f"Version {number} was not restored. {reasons}")
        return go_to("history", page)
    text = f"Version {number} is now the draft, saved as version {restored.number}."
    messages.success(request, f"{text} Visitors still see the live version.")
    return go_to("publish", page)


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
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
