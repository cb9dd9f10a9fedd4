"""Where a page was before, and who may have an address when. Called by views.py and publishing.py.

No redirect is ever written down, so none can be forgotten, form a chain or a loop: Versions carry their
address, so a page that was live at an address is known, and the answer is where that page is live now. A move
that is planned for later therefore happens by itself, and a page that takes an old address simply has it.
"""

from itertools import count

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format

from content.models import AuditEntry, Page, Redirect, Version
from content.publishing import audit


def successor(path, at=None):
    """Return the address of the live page that was live at `path` last, or leads from there, or None."""
    at = at or timezone.now()
    live = Version.objects.current(at)
    was_here = {"page__versions__path": path, "page__versions__live_from__lte": at}
    moved = live.filter(**was_here).order_by("-page__versions__live_from")
    found = moved.values_list("path", flat=True).first()
    return found or live.filter(page__redirects__path=path).values_list("path", flat=True).first()


def free(path, page):
    """Return `path`, or the next address like it, that `page` can have."""
    tries = (path if number == 1 else f"{path.rstrip('/')}-{number}/" for number in count(1))
    return next(each for each in tries if not Page(pk=page.pk, path=each).address_problem())


def remember(version, *, start):
    """Keep the address of `version` if it was live and starts again at a later `start`."""
    if version.live_from and version.live_from <= timezone.now() < start:
        Redirect.objects.update_or_create(path=version.path, defaults={"page": version.page})


def settle(version, *, live, author=None):
    """See to the address of `version`, just published over `live`: refuse a clash, write down a move.

    Call it in the transaction of publishing, after saving; raises `ValidationError`.
    """
    refuse_clashes(version)
    if live and live.path != version.path:
        detail = f"from {live.path} to {version.path}"
        audit.log(AuditEntry.Action.MOVED, author=author, subject=live.path, version=version, detail=detail)


def refuse_clashes(version):
    """Raise `ValidationError` if from the start of `version` on two pages would be live at one address.

    Call it in the transaction that saved `version`: until its end no other one gets past here. Who is live
    changes only when some Version starts or ends, so looking at these moments is enough.
    """
    Page.objects.select_for_update().order_by("pk").first()  # two at once would not see each other
    start = version.live_from or timezone.now()
    for moment in [start, *_changes_after(start)]:
        live = Version.objects.current(moment)
        twice = live.order_by().values("path").annotate(pages=Count("pk")).filter(pages__gt=1)
        if clash := live.filter(path__in=twice.values("path")).exclude(page=version.page_id).first():
            day = date_format(timezone.localtime(moment))
            raise ValidationError(
                f"On {day}, the page “{clash.page}” is also live at {clash.path}. Move or withdraw it first."
            )


def _changes_after(start):
    later = Version.objects.order_by()
    starts = later.filter(live_from__gt=start).values_list("live_from", flat=True)
    ends = later.filter(live_until__gt=start).values_list("live_until", flat=True)
    return sorted({*starts, *ends})
