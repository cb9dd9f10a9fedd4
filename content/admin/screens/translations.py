"""Start the translation of a page from its original. The button is on the screen of the original."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError

from content import publishing
from content.admin.screens import go_to, page_admin, page_for


def translate(request, pk):
    """Make the draft of the translation into the language that was sent, and open it."""
    page, code = page_for(request, pk), request.POST.get("language", "")
    if not page_admin().has_add_permission(request) or code not in dict(languages_to_add(page)):
        raise PermissionDenied
    try:
        made = publishing.start_translation(page, code, author=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return go_to("change", page)
    messages.success(request, f"This draft has the words of “{page}”: write them anew in its language.")
    return go_to("change", made)


def languages_to_add(page):
    """Return (code, name) of each language in which an original has no page yet."""
    if page.translation_of_id or page.trashed_at:
        return []
    there = {each.language for each in page.translations.filter(trashed_at=None)} | {page.language}
    return [pair for pair in settings.LANGUAGES if pair[0] not in {*there, settings.LANGUAGE_CODE}]
