"""The background job that asks other sites, one address a round: the thread that runs it also sends mail."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from content.models import OutsideLink, PageSettings
from content.page_checks.dead_links import asking
from content.page_checks.dead_links.places import outside_places

State = OutsideLink.State
MAX_LETTERS = OutsideLink._meta.get_field("url").max_length
EVERY = timedelta(days=7)
AGAIN = timedelta(days=1)  # what failed, until it answers or somebody changes the page


def check_next():
    """Ask for the address whose turn it is; nothing unless the switch is on. Return it, or None."""
    if not PageSettings.objects.filter(checks_outside_links=True).exists():
        return None
    _keep_list()
    link = OutsideLink.objects.filter(_due()).order_by("asked_at", "pk").first()
    if link and _claim(link):
        _ask(link)
        return link.url
    return None


def _keep_list():
    """Have a row for each address that live pages link to, and for no other."""
    urls = {place.href for place in outside_places() if len(place.href) <= MAX_LETTERS}
    known = set(OutsideLink.objects.values_list("url", flat=True))
    OutsideLink.objects.filter(url__in=known - urls).delete()
    new = [OutsideLink(url=url) for url in sorted(urls - known)]
    OutsideLink.objects.bulk_create(new, ignore_conflicts=True)


def _due():
    now = timezone.now()
    again = Q(asked_at__lt=now - AGAIN) & ~Q(state=State.WORKS)
    return Q(asked_at=None) | Q(asked_at__lt=now - EVERY) | again


def _claim(link):
    """Take `link`, unless another process was first."""
    return OutsideLink.objects.filter(_due(), pk=link.pk).update(asked_at=timezone.now()) == 1


def _ask(link):
    state, answer = asking.ask(link.url)
    since = None if state == State.WORKS else link.failing_since or timezone.now()
    OutsideLink.objects.filter(pk=link.pk).update(state=state, answer=answer, failing_since=since)
