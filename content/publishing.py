"""The verbs on Version: record, publish, withdraw, restore. Called by the admin, the loader and tests.

Each runs in one transaction with the page row locked, so that two editors cannot take the same number.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from content.models import BLOCK_MODELS, Helpline, Page, Version

PAGE_FIELDS = (
    "path",
    "heading",
    "title",
    "short_name",
    "lede",
    "description",
    "layout",
    "position",
    "in_menu",
    "message_form",
)


def snapshot(page):
    """Return the draft of `page` with all its blocks, in their order, as plain data."""
    blocks = [block for model in BLOCK_MODELS for block in model.objects.filter(parent=page)]
    blocks.sort(key=lambda block: (block.ordering, block.kind, block.pk))
    return {
        "page": {name: getattr(page, name) for name in PAGE_FIELDS},
        "blocks": [{"kind": block.kind, **_block_values(block)} for block in blocks],
    }


def _block_values(block):
    return {field.name: _plain_value(block, field) for field in block.own_fields()}


def _plain_value(block, field):
    if field.many_to_many:
        return list(getattr(block, field.name).order_by("position", "slug").values_list("slug", flat=True))
    value = field.value_from_object(block)
    return value if isinstance(value, (int, str, bool)) or value is None else str(value)


@transaction.atomic
def record(page, *, author=None, note=""):
    """Record the draft of `page` as a Version and return it; the last one again if nothing changed."""
    Page.objects.select_for_update().get(pk=page.pk)
    page = Page.objects.get(pk=page.pk)
    taken = snapshot(page)
    last = Version.objects.filter(page=page).order_by("-number").first()
    if last and last.snapshot == taken:
        return last
    number = Version.next_number(page)
    return Version.objects.create(page=page, number=number, snapshot=taken, author=author, note=note)


@transaction.atomic
def publish(
    version,
    *,
    change,
    live_from=None,
    live_until=None,
    reviewer=None,
    reviewed_on=None,
    next_review_on=None,
):
    """Make `version` live from `live_from` (default now) until `live_until` (default: no end).

    `change` is a `Version.Change`. A change of wording keeps the review of what is live; a clinical change
    carries its own (`reviewer`, `reviewed_on`, `next_review_on`). Publishing the Version that is live now
    gives it a new start only if the times or the review differ. Returns the saved Version.
    """
    Page.objects.select_for_update().get(pk=version.page_id)
    version.refresh_from_db()
    live_from = live_from or timezone.now()
    if change == Version.Change.WORDING and not reviewer:
        reviewer, reviewed_on, kept_until = _review_of_live(version.page)
        next_review_on = next_review_on or kept_until
    version.change, version.live_from, version.live_until = change, live_from, live_until
    version.reviewer, version.reviewed_on, version.next_review_on = reviewer, reviewed_on, next_review_on
    version.full_clean(validate_unique=False)
    version.save()
    return version


def _review_of_live(page):
    live = Version.objects.current().filter(page=page).first()
    return (live.reviewer, live.reviewed_on, live.next_review_on) if live else (None, None, None)


@transaction.atomic
def withdraw(page, *, at=None):
    """Take `page` off the site from `at` (default now): no Version of it stays live or becomes live."""
    at = at or timezone.now()
    Page.objects.select_for_update().get(pk=page.pk)
    open_ended = Version.objects.filter(Q(live_until=None) | Q(live_until__gt=at), page=page)
    open_ended.filter(live_from__lte=at).update(live_until=at)
    open_ended.filter(live_from__gt=at).update(live_from=None, live_until=None)


@transaction.atomic
def restore(version, *, author=None):
    """Copy `version` into the draft of its page and record that as a new Version, which is returned."""
    page = Page.objects.select_for_update().get(pk=version.page_id)
    write_draft(page, version.snapshot)
    return record(page, author=author, note=f"Restored from version {version.number}")


def write_draft(page, data):
    """Replace the draft of `page` by the snapshot `data`; fields that came or went since are tolerated."""
    for name in PAGE_FIELDS:
        if name in data["page"] and name != "path":
            setattr(page, name, data["page"][name])
    page.full_clean()
    page.save()
    for model in BLOCK_MODELS:
        model.objects.filter(parent=page).delete()
    models = {model.kind: model for model in BLOCK_MODELS}
    for place, block in enumerate(data["blocks"], start=1):
        if block["kind"] in models:
            _write_block(models[block["kind"]], page, place * 10, block)


def _write_block(model, page, ordering, data):
    fields = {field.name: field for field in model.own_fields() if field.name in data}
    simple = {name: data[name] for name, field in fields.items() if not field.many_to_many}
    block = model(parent=page, ordering=ordering, **simple)
    block.full_clean()
    block.save()
    for name, field in fields.items():
        if field.many_to_many:
            getattr(block, name).set(Helpline.objects.filter(slug__in=data[name]))
