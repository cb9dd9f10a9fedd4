"""What protects the pages that the site cannot do without, and keeps binned ones off. Called by the verbs."""

from django.core.exceptions import ValidationError

from content.models import Version


def refuse_core(page):
    """Raise `ValidationError` if `page` is a core page: nobody takes it off the site by a slip."""
    if page.is_protected:
        raise ValidationError(
            f"“{page}” belongs to the core of the site: change it, but do not take it off, move or bin it."
        )


def refuse_binned(page):
    """Raise `ValidationError` if `page` is in the bin."""
    if page.binned_at:
        raise ValidationError(f"“{page}” is in the bin. Bring it back before you publish it.")


def refuse_gap(version):
    """Raise `ValidationError` if a core page would vanish when `version` ends: nothing else is live."""
    page, end = version.page, version.live_until
    if end and page.is_protected and not Version.objects.current(end).filter(page=page).exists():
        problem = f"“{page}” belongs to the core of the site and would vanish then. Leave the end empty."
        raise ValidationError({"live_until": problem})
