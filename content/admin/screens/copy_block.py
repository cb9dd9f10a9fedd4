"""Copies a block, as it stands in the form, to the end of another draft. Asked by place-block.js."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from content import publishing
from content.admin.editing import posted_blocks, typed_number
from content.admin.screens import page_admin
from content.admin.screens.preview import posted_form
from content.models import Page

INCOMPLETE = "This block is not complete yet. Fill it in, then copy it."


@require_POST
def copy_block(request, pk):
    """Take the block `block`, a prefix, from the posted form; answer in words, with the way there."""
    pages = page_admin()
    page = get_object_or_404(Page, pk=pk)
    if not pages.has_change_permission(request, page):
        raise PermissionDenied
    target = get_object_or_404(Page, pk=typed_number(request.POST.get("to")) or 0, trashed_at=None)
    formsets = posted_form(request, page)[1]
    block = next((each for each in posted_blocks(formsets) if each.prefix == request.POST.get("block")), None)
    if block is None or any(form.errors for each in formsets for form in each if form.prefix == block.prefix):
        return JsonResponse({"error": INCOMPLETE}, status=422)
    try:
        version = publishing.copy_block(block.values, target, author=request.user, source=page)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    url = reverse("admin:content_page_change", args=[target.pk])
    return JsonResponse(
        {"text": f"Copied to the end of the draft of “{target}”, version {version.number}.", "url": url}
    )
