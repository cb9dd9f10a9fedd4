"""The verb that starts the translation of a page. Called by the admin."""

from django.core.exceptions import ValidationError
from django.db import transaction

from content.models import Page, languages
from content.publishing.snapshot import take_snapshot, write_draft
from content.publishing.versions import record


@transaction.atomic
def start_translation(original, code, *, author=None):
    """Make the page that shall say the same as `original` in the language `code`, as a draft; return it.

    It starts with the words of the original, block by block, for the translator to write anew, and must have
    the same safety boxes. Visitors see nothing of it before it is published.
    """
    original = Page.objects.select_for_update().get(pk=original.pk)
    if Page.objects.filter(
        translation_of=original, path__startswith=languages.home(code), trashed_at=None
    ).exists():
        raise ValidationError("This page has its translation already.")
    page = Page(
        path=languages.home(code) + original.path.removeprefix("/"),
        translation_of=original,
        required_topics=original.required_topics,
    )
    write_draft(page, take_snapshot(original))
    record(page, author=author, note=f"From “{original}”, to be translated")
    return page
