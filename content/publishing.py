"""The verbs on Version: record, sign off, publish, withdraw, restore.

Each runs in one transaction with the page row locked, so that two editors cannot take the same number, and
writes the audit trail in it. Called by the admin, the loader and tests.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Q, When
from django.utils import timezone

from content import addresses, audit, core_pages, page_checks
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
def publish(version, *, change, live_from=None, live_until=None, author=None, note="", **review):
    """Make `version` live from `live_from` (default now) until `live_until` (default: no end).

    `change` is a `Version.Change`. A Version that was signed off keeps its sign-off; a change of wording
    otherwise keeps the review of what is live; any other change carries its own `review` or none (`reviewer`,
    `reviewed_on`, `next_review_on`). Publishing what is live now keeps its start. Returns the saved Version.

    Nothing goes live but through here: what the checks call an error, a time that cannot be, a clash of
    addresses and a hole in a core page raise `ValidationError`, whoever calls and however urgent it is.
    """
    core_pages.refuse_binned(Page.objects.select_for_update().get(pk=version.page_id))
    version.refresh_from_db()
    _refuse_errors(version)
    live = Version.objects.current().filter(page=version.page_id).first()
    _settle_review(version, live, change, author, **review)
    version.change, version.note = change, note or version.note
    _settle_times(version, live, live_from, live_until)
    version.full_clean(validate_unique=False)
    version.save()
    addresses.settle(version, live=live, author=author)
    core_pages.refuse_gap(version.page)
    _log_publishing(version, author)
    return version


def _refuse_errors(version):
    """Raise `ValidationError` if the checks of today find errors in `version`."""
    if count := len(page_checks.errors(page_checks.check_version(version))):
        noun = "error" if count == 1 else "errors"
        raise ValidationError(
            f"{count} {noun} of the checks must be fixed before version {version.number} can go live."
        )


def _settle_review(version, live, change, author, reviewer=None, reviewed_on=None, next_review_on=None):
    """Sign `version` off by `reviewer`; without one give it what its kind of change keeps from `live`."""
    if reviewer:
        review = {"reviewer": reviewer, "reviewed_on": reviewed_on, "next_review_on": next_review_on}
        sign_off(version, **review, author=author)
    elif not version.reviewer:
        version.next_review_on = next_review_on or (live.next_review_on if live else None)
        if live and change == Version.Change.WORDING:
            version.reviewer, version.reviewed_on = live.reviewer, live.reviewed_on


def _settle_times(version, live, start, end):
    """Give `version` its time. What is `live` now keeps its start: a later one would take it off."""
    now = timezone.now()
    is_live = bool(live and live.pk == version.pk)
    if is_live and start and start > now:
        raise ValidationError({"live_from": "Visitors see this version already: leave this empty."})
    if end and end <= max(start or now, now):
        raise ValidationError({"live_until": "It must end after it starts, and not in the past."})
    start = start or (version.live_from if is_live else now)
    addresses.remember(version, start=start)
    version.live_from, version.live_until = start, end


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
    at, page = at or timezone.now(), Page.objects.select_for_update().get(pk=page.pk)
    core_pages.refuse_core(page)
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
    core_pages.refuse_gap(version.page)
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
    """Make `topics` (of `Callout.SafetyTopic`) what `page` must have before any Version of it goes live.

    Raises `ValidationError` if a Version that waits for its time has them not.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    if page.required_topics == topics:
        return
    page.required_topics = topics
    page.save(update_fields=["required_topics"])
    for version in Version.objects.filter(page=page, live_from__gt=timezone.now()):
        _refuse_errors(version)  # it would go live by itself
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
