"""What protects the core pages and keeps trashed pages off the site. Called by the verbs."""

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

from content import page_checks
from content.models import Version

MAX_TOLD = 3  # errors that a refusal names


def refuse_core(page):
    """Raise `ValidationError` if `page` is a core page: nobody takes it off the site by accident."""
    if page.is_protected:
        raise ValidationError(
            f"“{page}” is a core page. You can change it, but not take it off the site or move it."
        )


def refuse_trashed(page):
    """Raise `ValidationError` if `page` is in trash."""
    if page.trashed_at:
        raise ValidationError(f"“{page}” is in trash. Restore it before you publish it.")


def refuse_signer(clinician, user):
    """Raise `ValidationError` unless `user` is signed in as `clinician`, who may still sign off."""
    if clinician.user_id != user.pk:
        raise ValidationError("You can sign off only as yourself.")
    if not clinician.is_active or not user.is_active:
        raise ValidationError(f"{clinician} does not sign off any more.")


def refuse_errors(version, verb):
    """Raise `ValidationError` if the checks of today find errors in `version`, and say which."""
    found = page_checks.errors(page_checks.check_version(version))
    if not found:
        return
    told = [f"“{each.text}”: {each.message}" if each.text else each.message for each in found[:MAX_TOLD]]
    told += ["…"] if len(found) > MAX_TOLD else []
    noun = "error" if len(found) == 1 else "errors"
    raise ValidationError(
        f"Fix {len(found)} {noun} before you {verb} version {version.number}. {' '.join(told)}"
    )


def refuse_gap(page):
    """Raise `ValidationError` if `page` is a core page and at some time, from now on, none of it is live."""
    if page.is_protected and any(not _is_live(page, moment) for moment in _moments(page)):
        raise ValidationError(
            f"“{page}” is a core page and must always be live. Leave the end empty,"
            " and keep a version live until the scheduled one starts."
        )


def _is_live(page, moment):
    return Version.objects.live(moment).filter(page=page).exists()


def _moments(page):
    """Return now and whenever a Version of `page` ends: nothing can vanish between."""
    now = timezone.now()
    ends = Version.objects.filter(page=page, live_from__lt=F("live_until"), live_until__gt=now)
    return [now, *ends.order_by("live_until").values_list("live_until", flat=True)]
