"""Verbs that decide what visitors see: publish, withdraw, unschedule, require safety boxes.

Each runs in one transaction with the page row locked and writes the audit trail in it. Called by the admin,
the loader and tests.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from content.models import AuditEntry, Page, Version
from content.publishing import addresses, audit, guards, hand_over, locks, plans
from content.publishing.versions import REVIEW_FIELDS, sign_off
from content.readability.visible_text import is_reason

Action = AuditEntry.Action


@transaction.atomic
def publish(
    version,
    *,
    change,
    live_from=None,
    live_until=None,
    author=None,
    note="",
    reason="",
    keeps_waiting=False,
    **review,
):
    """Make `version` live from `live_from` (default now) until `live_until` (default: no end).

    `change` is a `Version.Change`. A Version that was signed off keeps its sign-off; a change of wording
    otherwise keeps the review of what it replaces; any other change carries its own `review` or none
    (`reviewer`, `next_review_on`). A person says the `reason` of an urgent fix, for the audit trail.
    Publishing what is live now keeps its start. Returns the saved Version.

    Publishing now stops older Versions that wait for their time, unless `keeps_waiting`. Afterward no plan
    may bring words that nobody read (`plans.refuse_unread`).

    This is the only way to go live. An error in the checks, an impossible time, a clash of addresses, a gap
    in a core page, words that are more than wording and a clinical change that `author` publishes unsigned
    raise `ValidationError`, whoever calls and however urgent it is.
    """
    page = Page.objects.select_for_update().get(pk=version.page_id)
    guards.refuse_trashed(page)
    locks.refuse(page, author)
    version.refresh_from_db()
    guards.refuse_errors(version, "publish")
    _refuse_unexplained(change, author, reason)
    live = Version.objects.current().filter(page=version.page_id).first()
    _settle_review(version, plans.base_of(version, live_from), change, author, **review)
    version.change, version.note = change, note or version.note
    _settle_times(version, live, live_from, live_until)
    version.full_clean(validate_unique=False)
    version.save()
    if not keeps_waiting and version.is_live():
        _stop_waiting(version, author)
    addresses.settle(version, live=live, author=author)
    guards.refuse_gap(version.page)
    plans.refuse_unread(version.page, keeps_waiting=keeps_waiting)
    _log_publishing(version, author, reason)
    hand_over.settle(version)
    return version


def _refuse_unexplained(change, author, reason):
    if change == Version.Change.URGENT and author and not is_reason(reason):
        raise ValidationError({"reason": "Say in a few words why it cannot wait for a clinician."})


def _stop_waiting(version, author):
    for older in plans.waiting(version.page).filter(number__lt=version.number):
        _cancel(older, author)


def _settle_review(version, base, change, author, reviewer=None, **review):
    """Sign `version` off by `reviewer`; without one give it what its kind of change keeps from `base`."""
    if reviewer:
        sign_off(version, reviewer=reviewer, **review, author=author)
    elif not version.is_signed and version != base:
        if change == Version.Change.CLINICAL and author:
            raise ValidationError("A clinical change needs a clinician’s sign-off on this version.")
        if change == Version.Change.WORDING and author and not base:
            raise ValidationError({"change": "Nothing is live then, so all of it is a clinical change."})
        is_wording = base and change == Version.Change.WORDING
        if is_wording and (why := plans.why_clinical(version, base)):
            text = f"This is more than wording: {'; '.join(why)}. Choose clinical change."
            raise ValidationError({"change": text})
        version.next_review_on = review.get("next_review_on") or (base.next_review_on if base else None)
        _keep_review(version, base if is_wording else None)
        if change == Version.Change.URGENT:
            version.unchecked_since = timezone.localdate()


def _keep_review(version, base):
    """Name on `version` whoever reviewed `base`, and the text that they read; nobody if `base` is None."""
    base = base or Version()
    for name in (*REVIEW_FIELDS, "unchecked_since"):
        setattr(version, name, getattr(base, name))
    version.reviewed_version = base.reviewed_version or (base if base.reviewer else None)


def _settle_times(version, live, start, end):
    """Give `version` its time. What is `live` now keeps its start: a later one would take it off."""
    now = timezone.now()
    is_live = bool(live and live.pk == version.pk)
    if is_live and start and start > now:
        raise ValidationError({"live_from": "Visitors already see this version. Leave this empty."})
    if end and end <= max(start or now, now):
        raise ValidationError({"live_until": "The end must be after the start and in the future."})
    start = start or (version.live_from if is_live else now)
    addresses.remember(version, start=start)
    version.live_from, version.live_until = start, end


def _log_publishing(version, author, reason):
    is_later = version.live_from > timezone.now()
    detail = version.get_change_display()
    if not version.is_signed and not version.reviewed_version:
        detail += ", without a sign-off"
    if is_later:
        detail += f", from {timezone.localtime(version.live_from):%Y-%m-%d %H:%M}"
    if version.live_until:
        detail += f", until {timezone.localtime(version.live_until):%Y-%m-%d %H:%M}"
    detail += f"; because: {reason.strip()}" if version.change == Version.Change.URGENT and reason else ""
    action = Action.SCHEDULED if is_later else Action.PUBLISHED
    audit.log(action, author=author, subject=version.page.path, version=version, detail=detail)


@transaction.atomic
def withdraw(page, *, at=None, author=None):
    """Take `page` off the site from `at` (default now): no Version of it stays live or becomes live."""
    at, page = at or timezone.now(), Page.objects.select_for_update().get(pk=page.pk)
    guards.refuse_core(page)
    locks.refuse(page, author)
    live = Version.objects.current(at).filter(page=page).first()
    open_ended = Version.objects.filter(Q(live_until=None) | Q(live_until__gt=at), page=page)
    open_ended.filter(live_from__lte=at).update(live_until=at)
    open_ended.filter(live_from__gt=at).update(live_from=None, live_until=None)
    audit.log(Action.WITHDRAWN, author=author, subject=page.path, version=live)


@transaction.atomic
def unschedule(version, *, author=None):
    """Cancel that `version` goes live later; one that is or was live is left alone."""
    page = Page.objects.select_for_update().get(pk=version.page_id)
    locks.refuse(page, author)
    version.refresh_from_db()
    if not version.live_from or version.live_from <= timezone.now():
        return
    _cancel(version, author)
    guards.refuse_gap(page)
    plans.refuse_unread(page)


def _cancel(version, author):
    version.live_from = version.live_until = None
    version.save()
    addresses.refuse_clashes(version)
    subject = version.page.path
    audit.log(Action.WITHDRAWN, author=author, subject=subject, version=version, detail="before it went live")


@transaction.atomic
def require_topics(page, topics, *, author=None):
    """Make `topics` (of `Callout.SafetyTopic`) what `page` must have before any Version of it goes live.

    Raises `ValidationError` if a scheduled Version lacks one.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    if page.required_topics == topics:
        return
    locks.refuse(page, author)
    page.required_topics = topics
    page.save(update_fields=["required_topics"])
    for version in Version.objects.filter(page=page, live_from__gt=timezone.now()):
        guards.refuse_errors(version, "publish")  # it would go live by itself
    detail = f"required safety boxes: {', '.join(topics) or 'none'}"
    audit.log(Action.FACT_CHANGED, author=author, subject=page.path, detail=detail)
