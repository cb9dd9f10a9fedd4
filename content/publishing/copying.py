"""The verbs that make a page from another one: its translation, a copy. Called by the admin."""

from textwrap import shorten

from django.core.exceptions import ValidationError
from django.db import transaction

from content.models import Page, languages
from content.publishing import addresses
from content.publishing.snapshot import take_snapshot, write_draft
from content.publishing.versions import record

COPY = " (copy)"


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
    page = _page_like(original, languages.home(code) + original.path.removeprefix("/"))
    page.translation_of = original
    write_draft(page, take_snapshot(original))
    record(page, author=author, note=f"From “{original}”, to be translated")
    return page


@transaction.atomic
def copy_page(original, *, author=None):
    """Make a page of its own with the words of the draft of `original`, as a draft; return it.

    Nobody has signed it off, visitors and the menu know nothing of it, and it is no translation.
    """
    original = Page.objects.select_for_update().get(pk=original.pk)
    is_home = original.path == languages.home(original.language)
    page = _page_like(original, f"{original.path}copy/" if is_home else original.path)
    snapshot = take_snapshot(original)
    snapshot["page"] |= {name: _copied(original, name) for name in ("heading", "title", "short_name")}
    write_draft(page, {**snapshot, "page": snapshot["page"] | {"in_menu": False}})
    record(page, author=author, note=f"Copied from “{original}”")
    return page


def _page_like(original, path):
    """Return a page, not saved yet, that must have the same safety boxes, at the next free address."""
    return Page(path=addresses.free(path, Page()), required_topics=original.required_topics)


def _copied(original, name):
    most = Page._meta.get_field(name).max_length - len(COPY)
    return shorten(getattr(original, name), most, placeholder="…") + COPY
