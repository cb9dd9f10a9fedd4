"""Makes a new page from another one. The button is on the screen of the original."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.views.decorators.http import require_POST

from content import publishing
from content.admin.screens import go_to, page_admin, page_for


@require_POST
def copy_page(request, pk):
    """Make the copy and open it."""
    page = page_for(request, pk)
    if not page_admin().has_add_permission(request):
        raise PermissionDenied
    try:
        made = publishing.copy_page(page, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return go_to("change", page)
    text = f"This draft is a copy of “{page}”. Its address is {made.path}. It is not live and not signed off."
    messages.success(request, text)
    return go_to("change", made)
