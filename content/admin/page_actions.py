"""What staff do with several pages of the list at once: ask for a sign-off, take down, move to trash.

Each asks first and names every page with what will happen to it. A page goes through the same verb as from
its own screen; what that refuses is said and stays as it is. Nothing here publishes. Used by page_list.py.
"""

from dataclasses import dataclass, field

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.response import TemplateResponse

from content import publishing
from content.admin import editing
from content.admin.screens import review
from content.models import Page, Version
from content.page_checks.dead_links import links_to
from content.publishing import hand_over, trash


@dataclass
class Row:
    """What will happen to one page: why it would be refused, or what to know before."""

    page: Page
    refusal: str = ""
    linked: list = field(default_factory=list)  # live pages that link to it
    planned: list = field(default_factory=list)  # Versions that would not go live


def _ask(page, author):
    version = editing.newest_version(page)
    if version is None:
        raise ValidationError("It was never saved.")
    hand_over.ask(version, author=author)


def _take_down(page, author):
    if not (Version.objects.current().filter(page=page).exists() or publishing.waiting(page)):
        raise ValidationError("It is not live.")
    publishing.withdraw(page, author=author)


def _refusal(verb, page, author):
    """Try `verb` on `page`, undo it, and return why it refuses; nothing if it does not."""
    try:
        with transaction.atomic():
            verb(page, author=author)
            transaction.set_rollback(True)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _confirmed(request, pages, verb, *, title, what, done, goes_off=False):
    """Ask with every page and what will happen to it; once that is confirmed, do it page by page."""
    pages = list(Page.objects.filter(pk__in=list(pages.values_list("pk", flat=True))))
    if "is_confirmed" in request.POST:
        return _do(request, pages, verb, done)
    rows = [Row(page, _refusal(verb, page, request.user)) for page in pages]
    for row in rows if goes_off else ():
        others = links_to(row.page.get_absolute_url())
        row.linked, row.planned = [each for each in others if each not in pages], publishing.waiting(row.page)
    context = {
        **admin.site.each_context(request),
        "title": title,
        "opts": Page._meta,
        "what": what,
        "rows": [row for row in rows if not row.refusal],
        "refused": [row for row in rows if row.refusal],
        "goes_off": goes_off,
        "checkbox": ACTION_CHECKBOX_NAME,
        "action": request.POST["action"],
    }
    return TemplateResponse(request, "admin/content/page_action.html", context)


def _do(request, pages, verb, done):
    count = 0
    for page in pages:
        try:
            verb(page, author=request.user)
        except ValidationError as error:
            messages.error(request, f"“{page}” stays as it is. {' '.join(error.messages)}")
        else:
            count += 1
    if count and verb is _ask and not hand_over.has_signers():
        messages.warning(request, review.NOBODY_SIGNS)
    if count:
        messages.success(request, f"{count} page{'s' if count > 1 else ''} {done}.")


@admin.action(description="Ask for a sign-off…", permissions=["change"])
def ask_for_sign_off(model_admin, request, pages):
    return _confirmed(
        request,
        pages,
        _ask,
        title="Ask for a sign-off",
        what="Clinicians get an email about the newest version of each page.",
        done="asked for a sign-off",
    )


@admin.action(description="Take off the site…", permissions=["publish"])
def take_down(model_admin, request, pages):
    return _confirmed(
        request,
        pages,
        _take_down,
        title="Take off the site",
        what="Visitors find nothing at these addresses. Drafts and histories stay.",
        done="taken off the site",
        goes_off=True,
    )


@admin.action(description="Move to trash…", permissions=["trash"])
def move_to_trash(model_admin, request, pages):
    return _confirmed(
        request,
        pages,
        trash.move,
        title="Move to trash",
        what="Visitors find nothing at these addresses. You can restore each page from trash.",
        done="moved to trash",
        goes_off=True,
    )
