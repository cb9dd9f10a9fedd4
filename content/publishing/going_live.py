"""Verbs that decide what visitors see: publish, withdraw, unschedule, require safety boxes.

Each runs in one transaction with the page row locked and writes the audit trail in it. Called by the admin,
the loader and tests.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from content import page_checks
from content.models import AuditEntry, Page, Version
from content.publishing import addresses, audit, guards
from content.publishing.versions import sign_off

Action = AuditEntry.Action


@transaction.atomic
def publish(version, *, change, live_from=None, live_until=None, author=None, note="", **review):
    """Make `version` live from `live_from` (default now) until `live_until` (default: no end).

    `change` is a `Version.Change`. A Version that was signed off keeps its sign-off; a change of wording
    otherwise keeps the review of what is live; any other change carries its own `review` or none (`reviewer`,
    `reviewed_on`, `next_review_on`). Publishing what is live now keeps its start. Returns the saved Version.

    This is the only way to go live. An error in the checks, an impossible time, a clash of addresses and a
    gap in a core page raise `ValidationError`, whoever calls and however urgent it is.
    """
    guards.refuse_trashed(Page.objects.select_for_update().get(pk=version.page_id))
    version.refresh_from_db()
    _refuse_errors(version)
    live = Version.objects.current().filter(page=version.page_id).first()
    _settle_review(version, live, change, author, **review)
    version.change, version.note = change, note or version.note
    _settle_times(version, live, live_from, live_until)
    version.full_clean(validate_unique=False)
    version.save()
    addresses.settle(version, live=live, author=author)
    guards.refuse_gap(version.page)
    _log_publishing(version, author)
    return version


def _refuse_errors(version):
    """Raise `ValidationError` if the checks of today find errors in `version`."""
    if count := len(page_checks.errors(page_checks.check_version(version))):
        noun = "error" if count == 1 else "errors"
        raise ValidationError(f"Fix {count} {noun} before you publish version {version.number}.")


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
        raise ValidationError({"live_from": "Visitors already see this version. Leave this empty."})
    if end and end <= max(start or now, now):
        raise ValidationError({"live_until": "The end must be after the start and in the future."})
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
    guards.refuse_core(page)
    live = Version.objects.current(at).filter(page=page).first()
    open_ended = Version.objects.filter(Q(live_until=None) | Q(live_until__gt=at), page=page)
    open_ended.filter(live_from__lte=at).update(live_until=at)
    open_ended.filter(live_from__gt=at).update(live_from=None, live_until=None)
    audit.log(Action.WITHDRAWN, author=author, subject=page.path, version=live)


@transaction.atomic
def unschedule(version, *, author=None):
    """Cancel that `version` goes live later; one that is or was live is left alone."""
    Page.objects.select_for_update().get(pk=version.page_id)
    version.refresh_from_db()
    if not version.live_from or version.live_from <= timezone.now():
        return
    version.live_from = version.live_until = None
    version.save()
    addresses.refuse_clashes(version)
    guards.refuse_gap(version.page)
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
    page.required_topics = topics
    page.save(update_fields=["required_topics"])
    for version in Version.objects.filter(page=page, live_from__gt=timezone.now()):
        _refuse_errors(version)  # it would go live by itself
    detail = f"required safety boxes: {', '.join(topics) or 'none'}"
    audit.log(Action.FACT_CHANGED, author=author, subject=page.path, detail=detail)
