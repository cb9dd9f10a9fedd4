"""The verbs on Version: record, sign off, publish, withdraw, restore.

Each runs in one transaction with the page row locked, so that two editors cannot take the same number, and
writes the audit trail in it. Called by the admin, the loader and tests.
"""

from django.db import transaction
from django.db.models import Case, Q, When
from django.utils import timezone

from content import addresses, audit, core_pages
from content.models import BLOCK_MODELS, AuditEntry, Helpline, Page, Version
from content.same_text import is_same, with_plain_line_ends

Action = AuditEntry.Action

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
        "page": page_values(page),
        "blocks": [{"kind": block.kind, **_block_values(block)} for block in blocks],
    }


def page_values(page):
    """Return what a snapshot holds of the title fields of `page`."""
    return {name: with_plain_line_ends(getattr(page, name)) for name in PAGE_FIELDS}


def _block_values(block):
    return {field.name: _plain_value(block, field) for field in block.own_fields()}


def _plain_value(block, field):
    if field.many_to_many:
        return list(getattr(block, field.name).order_by("position", "slug").values_list("slug", flat=True))
    return plain(field.value_from_object(block))


def plain(value):
    """Return the value of a field as a snapshot holds it."""
    return with_plain_line_ends(value) if isinstance(value, (int, str)) or value is None else str(value)


@transaction.atomic
def record(page, *, author=None, note=""):
    """Record the draft of `page` as a Version and return it; the last one again if nothing changed."""
    version, is_new = _take(page, author, note)
    if is_new:
        audit.log(Action.RECORDED, author=author, subject=page.path, version=version)
    return version


def _take(page, author, note):
    """Return the newest Version of the draft of `page`, and whether it had to be made."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    taken = snapshot(page)
    last = Version.objects.filter(page=page).order_by("-number").first()
    if last and is_same(last.snapshot, taken):
        return last, False
    number = Version.next_number(page)
    return Version.objects.create(page=page, number=number, snapshot=taken, author=author, note=note), True


@transaction.atomic
def sign_off(version, *, reviewer, reviewed_on, next_review_on, author=None):
    """Record that `reviewer` approved exactly this text on `reviewed_on`; `author` typed it in."""
    Page.objects.select_for_update().get(pk=version.page_id)
    version.refresh_from_db()
    version.reviewer, version.reviewed_on, version.next_review_on = reviewer, reviewed_on, next_review_on
    version.full_clean(validate_unique=False)
    version.save()
    detail = f"by {reviewer} on {reviewed_on}, next review {next_review_on}"
    audit.log(Action.SIGNED_OFF, author=author, subject=version.page.path, version=version, detail=detail)
    return version


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
    author=None,
    note="",
):
    """Make `version` live from `live_from` (default now) until `live_until` (default: no end).

    `change` is a `Version.Change`. A Version that was signed off keeps its sign-off; a change of wording
    otherwise keeps the review of what is live; any other change carries its own or none (`reviewer`,
    `reviewed_on`, `next_review_on`). Publishing what is live now keeps its start. Returns the saved Version.
    """
    core_pages.refuse_binned(Page.objects.select_for_update().get(pk=version.page_id))
    version.refresh_from_db()
    live = Version.objects.current().filter(page=version.page_id).first()
    if reviewer:
        sign_off(
            version,
            reviewer=reviewer,
            reviewed_on=reviewed_on,
            next_review_on=next_review_on,
            author=author,
        )
    elif not version.reviewer:
        _take_over_review(version, live, change, next_review_on)
    kept = version.live_from if live and live.pk == version.pk else None
    start = live_from or kept or timezone.now()
    addresses.remember(version, start=start)
    version.change, version.note = change, note or version.note
    version.live_from, version.live_until = start, live_until
    version.full_clean(validate_unique=False)
    version.save()
    addresses.settle(version, live=live, author=author)
    core_pages.refuse_gap(version)
    _log_publishing(version, author)
    return version


def _take_over_review(version, live, change, next_review_on):
    """Give `version`, which nobody signed off, what its kind of change keeps from the `live` one."""
    version.next_review_on = next_review_on or (live.next_review_on if live else None)
    if live and change == Version.Change.WORDING:
        version.reviewer, version.reviewed_on = live.reviewer, live.reviewed_on


def _log_publishing(version, author):
    is_later = version.live_from > timezone.now()
    detail = version.get_change_display()
    if not version.reviewer:
        detail += ", without a sign-off"
    if is_later:
        detail += f", from {timezone.localtime(version.live_from):%Y-%m-%d %H:%M}"
    if version.live_until:
        detail += f", until {timezone.localtime(version.live_until):%Y-%m-%d %H:%M}"
    action = Action.SCHEDULED if is_later else Action.PUBLISHED
    audit.log(action, author=author, subject=version.page.path, version=version, detail=detail)


@transaction.atomic
def withdraw(page, *, at=None, author=None):
    """Take `page` off the site from `at` (default now): no Version of it stays live or becomes live."""
    core_pages.refuse_core(page)
    at = at or timezone.now()
    Page.objects.select_for_update().get(pk=page.pk)
    live = Version.objects.current(at).filter(page=page).first()
    open_ended = Version.objects.filter(Q(live_until=None) | Q(live_until__gt=at), page=page)
    open_ended.filter(live_from__lte=at).update(live_until=at)
    open_ended.filter(live_from__gt=at).update(live_from=None, live_until=None)
    audit.log(Action.WITHDRAWN, author=author, subject=page.path, version=live)


@transaction.atomic
def unschedule(version, *, author=None):
    """Take back that `version` goes live later; one that is or was live is left alone."""
    Page.objects.select_for_update().get(pk=version.page_id)
    version.refresh_from_db()
    if not version.live_from or version.live_from <= timezone.now():
        return
    version.live_from = version.live_until = None
    version.save()
    addresses.refuse_clashes(version)
    subject = version.page.path
    audit.log(Action.WITHDRAWN, author=author, subject=subject, version=version, detail="before it went live")


@transaction.atomic
def restore(version, *, author=None):
    """Copy `version` into the draft of its page and record that as a new Version, which is returned.

    A draft that was never recorded is recorded first, so that restoring loses nothing.
    """
    page = Page.objects.select_for_update().get(pk=version.page_id)
    record(page, author=author)
    write_draft(page, version.snapshot)
    restored, _ = _take(page, author, f"Restored from version {version.number}")
    detail = f"from version {version.number}"
    audit.log(Action.RESTORED, author=author, subject=page.path, version=restored, detail=detail)
    return restored


@transaction.atomic
def require_topics(page, topics, *, author=None):
    """Make `topics` (of `Callout.SafetyTopic`) what `page` must have before any Version of it goes live."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    if page.required_topics == topics:
        return
    page.required_topics = topics
    page.save(update_fields=["required_topics"])
    detail = f"safety boxes it must have: {', '.join(topics) or 'none'}"
    audit.log(Action.FACT_CHANGED, author=author, subject=page.path, detail=detail)


def asking_for_sign_off():
    """Live Versions that no clinician has signed off, urgent fixes first."""
    unsigned = Version.objects.current().filter(reviewer=None).select_related("page").defer("snapshot")
    return unsigned.alias(is_urgent=Case(When(change=Version.Change.URGENT, then=0), default=1)).order_by(
        "is_urgent", "page__position", "page__path"
    )


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
