"""Whether a translation still says what its original says. Used by views and the screens of editors."""

from django.db.models import Exists, OuterRef, Subquery

from content.models import Version


def is_behind(version):
    """Whether the original got a clinical change or an urgent fix after `version`, live, was published."""
    return bool(version.page.translation_of_id and _changes_since(version).exists())


def safety_moved(version):
    """Whether a safety box of the original has changed since: then the page tells its readers.

    No query for a page that is no translation.
    """
    if not version.page_id or not version.page.translation_of_id or not is_behind(version):
        return False
    before, now = original_then_and_now(version)
    return bool(before and now and _safety_boxes(before) != _safety_boxes(now))


def original_then_and_now(version):
    """Return what visitors saw of the original when `version` went live, and what they see now."""
    original = Version.objects.filter(page=version.page.translation_of_id)
    return original.current(version.live_from).first(), original.current().first()


def behind():
    """Return the live translations whose original moved on, each a Version with its page: for editors."""
    live = Version.objects.current().exclude(page__translation_of=None)
    moved = _weighty().filter(page=OuterRef("page__translation_of"), live_from__gt=OuterRef("live_from"))
    rows = live.filter(Exists(moved)).select_related("page__translation_of")
    return list(rows.order_by("page__position"))


def with_state(pages):
    """Return the query `pages` with `is_behind`: whether the original moved on after the live translation."""
    live = Version.objects.current().filter(page=OuterRef("pk")).order_by("-live_from")
    pages = pages.annotate(live_since=Subquery(live.values("live_from")[:1]))
    moved = _weighty().filter(page=OuterRef("translation_of"), live_from__gt=OuterRef("live_since"))
    return pages.annotate(is_behind=Exists(moved))


def _weighty():
    return Version.objects.live().filter(change__in=(Version.Change.CLINICAL, Version.Change.URGENT))


def _changes_since(version):
    published = _weighty().filter(page=version.page.translation_of_id)
    return published.filter(live_from__gt=version.live_from) if version.live_from else published.none()


def _safety_boxes(version):
    boxes = [block for block in version.snapshot["blocks"] if block.get("safety_topic")]
    return [(box["safety_topic"], box.get("heading"), box.get("body")) for box in boxes]
