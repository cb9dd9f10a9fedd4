"""What goes live by itself: a Version that waits for its time, or an older one that an end brings back.

Nothing runs at that moment, so whatever changes the times judges it beforehand. Called by going_live.py,
where a reviewer's name is kept or dropped, and by the screens.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from content.models import Version
from content.publishing import wording

JUST_BEFORE = timedelta(microseconds=1)
NOTHING_LIVE = "nothing is live before it, so all of it is new"


def waiting(page):
    """Return the Versions of `page` that go live later, the next one first."""
    later = Version.objects.filter(page=page, live_from__gt=timezone.now())
    return later.order_by("live_from")


def base_of(version, at=None):
    """Return the Version that `version` would replace at `at` (default now), None if nothing is live then.

    What visitors see now replaces itself; one that only waits does not.
    """
    found = Version.objects.live(at).filter(page=version.page_id)
    if not Version.objects.current().filter(pk=version.pk).exists():
        found = found.exclude(pk=version.pk)
    return _first(found)


def why_clinical(version, base):
    """Return why `version` is more than wording against `base`, and against what the reviewer of it read."""
    others = Version.objects.current().exclude(page=version.page_id).values_list("snapshot", flat=True)
    known = set().union(*map(wording.words_of, others))
    read = [base, base.reviewed_version] if base.reviewed_version else [base]
    found = [why for each in read for why in wording.reasons(each.snapshot, version.snapshot, known)]
    return list(dict.fromkeys(found))


def refuse_unread(page, *, keeps_waiting=False):
    """Raise `ValidationError` if a Version that was judged as wording would once replace other words.

    It would take back a clinical change that came between, under the name of who signed the text before. A
    plan that somebody keeps (`keeps_waiting`) needs a sign-off of its own for that, an urgent one too.
    """
    for moment in _moments(page):
        version, before = _shown(page, moment), _shown(page, moment - JUST_BEFORE)
        if version and version != before and _is_unread(version, moment, keeps_waiting):
            why = why_clinical(version, before) if before else [NOTHING_LIVE]
            if why:
                raise ValidationError(_refusal(version, moment, why))


def _moments(page):
    """Return whenever another Version of `page` may begin to be the one that visitors see."""
    now = timezone.now()
    times = Version.objects.filter(page=page).values_list("live_from", "live_until")
    return sorted({moment for pair in times for moment in pair if moment and moment > now})


def _shown(page, moment):
    return _first(Version.objects.live(moment).filter(page=page))


def _first(versions):
    return versions.select_related("reviewed_version").order_by("-live_from", "-number").first()


def _is_unread(version, moment, keeps_waiting):
    is_wording = version.change == Version.Change.WORDING or version.reviewed_version_id
    is_kept = keeps_waiting and version.live_from == moment
    return not version.is_signed and bool(is_wording or is_kept)


def _refusal(version, moment, why):
    """Return what to tell, beside the field of the publish screen that can change it."""
    when = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    field, verb, way = "waiting", "is planned for", "Stop it, cancel its schedule in the history"
    if version.live_from != moment:
        field, verb, way = "live_until", "would come back on", "Leave the end empty"
    text = f"Version {version.number} {verb} {when}, and no clinician has signed off exactly this version."
    return {
        field: f"{text} It would change more than wording: {'; '.join(why)}. {way}, or have it signed off."
    }
