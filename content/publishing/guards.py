"""What protects the pages that the site cannot do without, and keeps binned ones off. Called by the verbs."""

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

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


def refuse_gap(page):
    """Raise `ValidationError` if `page` is a core page and some day, from now on, nothing of it is live."""
    if page.is_protected and any(not _is_live(page, moment) for moment in _moments(page)):
        raise ValidationError(
            f"“{page}” belongs to the core of the site and would vanish then. Leave the end empty,"
            " and let something stay live until a version that waits begins."
        )


def _is_live(page, moment):
    return Version.objects.live(moment).filter(page=page).exists()


def _moments(page):
    """Return now and whenever a Version of `page` ends: nothing can vanish between."""
    now = timezone.now()
    ends = Version.objects.filter(page=page, live_from__lt=F("live_until"), live_until__gt=now)
    return [now, *ends.order_by("live_until").values_list("live_until", flat=True)]
