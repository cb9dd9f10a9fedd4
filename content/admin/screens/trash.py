"""Move a page to trash: staff never delete one. The way back is in trashed_pages.py."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse

from content import publishing
from content.admin import presence
from content.admin.screens import MAY_TRASH, go_to, page_for, show
from content.page_checks.dead_links import links_to
from content.publishing import trash


def move_to_trash(request, pk):
    """Ask, then move the page to trash."""
    page = page_for(request, pk, MAY_TRASH)
    if page.trashed_at:
        raise Http404("this page is in trash already")
    if request.method != "POST":
        planned, linked = publishing.waiting(page), links_to(page.get_absolute_url())
        context = {"planned": planned, "linked": linked, "others": presence.others(page, request.user)}
        return show(request, "move_to_trash", page, "Move to trash", **context)
    try:
        trash.move(page, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return go_to("change", page)
    messages.success(request, f"“{page}” is off the site and in trash. You can restore it from there.")
    return HttpResponseRedirect(reverse("admin:content_page_changelist"))
