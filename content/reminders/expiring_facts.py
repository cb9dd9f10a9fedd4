"""Facts with an end, such as a rule that runs out: the sources that say so, and the live pages citing them.

Called by the start page and by the list of what stands between the site and its launch.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from content.models import Source
from content.rendering import usage

NOTICE_DAYS = 60


@dataclass(frozen=True)
class ExpiringFact:
    source: Source
    pages: list
    is_over: bool


def due(today=None, *, uses=None):
    """Return the facts on live pages that end within `NOTICE_DAYS` or have ended, the earliest first.

    `uses` are those of sources, of whoever has read them already.
    """
    today = today or timezone.localdate()
    last_day = today + timedelta(days=NOTICE_DAYS)
    ending = Source.objects.filter(expires_on__lte=last_day).order_by("expires_on", "slug")
    uses = uses or (usage.all_uses().sources if ending else {})
    facts = [ExpiringFact(source, _live(uses[source.slug]), source.expires_on < today) for source in ending]
    return [fact for fact in facts if fact.pages]


def _live(uses):
    return [use.page for use in uses if use.where == "live"]
