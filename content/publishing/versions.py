"""Verbs on a page's Versions: record the draft, sign a Version off, restore one.

Called by the admin, the loader and tests. Each runs in one transaction with the page row locked, so that two
editors cannot take the same number, and writes the audit trail in it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, OuterRef, When
from django.utils import timezone

from content.models import AuditEntry, Clinic, Page, Version
from content.publishing import audit, comments, guards, hand_over, locks, signers
from content.publishing.same_text import is_same
from content.publishing.snapshot import add_blocks, take_snapshot, write_draft

Action = AuditEntry.Action
OWN_TEXT = (
    "You wrote a clinical change in this version or a sentence of a fact on it, so another clinician has to"
    " sign it off."
)
REVIEW_FIELDS = ("reviewer", "reviewer_name", "reviewer_credentials", "reviewer_url", "reviewed_on")


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
    taken = take_snapshot(page)
    last = Version.objects.filter(page=page).order_by("-number").first()
    if last and is_same(last.snapshot, taken):
        return last, False
    locks.refuse(page, author)
    number = Version.next_number(page)
    version = Version.objects.create(page=page, number=number, snapshot=taken, author=author, note=note)
    comments.follow(version)
    hand_over.follow(version)
    return version, True


@transaction.atomic
def sign_off(version, *, reviewer, reviewed_on=None, next_review_on=None, author=None):
    """Record that `reviewer` approved exactly this text, today if no day is given.

    `author` is who is signed in: nobody but the reviewer (the default). Name and credentials are copied:
    what the record says later changes no history. Raises `ValidationError` for a signer who may not be one,
    and for a text in which the checks find errors.
    """
    author, reviewed_on = author or reviewer.user, reviewed_on or timezone.localdate()
    guards.refuse_signer(reviewer, author)
    Page.objects.select_for_update().get(pk=version.page_id)
    version.refresh_from_db()
    guards.refuse_errors(version, "sign off")
    is_own_text = signers.wrote_clinical_change(version, author)
    if is_own_text and not Clinic.objects.filter(is_one_person=True).exists():
        raise ValidationError(OWN_TEXT)
    version.reviewer, version.reviewed_on, version.next_review_on = reviewer, reviewed_on, next_review_on
    version.reviewer_name, version.reviewer_credentials = reviewer.name, reviewer.credentials
    version.reviewer_url, version.reviewed_version = reviewer.profile_url, None
    version.unchecked_since = None
    version.full_clean(validate_unique=False)
    version.save()
    own = ", who also wrote it (one-person clinic)" if is_own_text else ""
    detail = f"by {reviewer}{own} on {reviewed_on}, next review {next_review_on}"
    audit.log(Action.SIGNED_OFF, author=author, subject=version.page.path, version=version, detail=detail)
    hand_over.signed(version, author=author)
    return version


def newer_than(version):
    """Return the newest Version of the page if its text is another one and visitors do not get `version`.

    Then nobody signs `version` off: what counts is the newest text, and what is live or will be.
    """
    newest = Version.objects.filter(page=version.page_id).order_by("-number").first()
    is_shown = version.is_live() or (version.live_from and version.live_from > timezone.now())
    return None if is_shown or is_same(newest.snapshot, version.snapshot) else newest


def newer_drafts():
    """Return the keys of the live pages whose newest Version has another text than the live one."""
    newest = Version.objects.filter(page=OuterRef("page")).order_by("-number")
    rows = Version.objects.current().annotate(last=newest.values("number")[:1]).filter(last__gt=F("number"))
    rows = rows.annotate(draft=newest.values("snapshot")[:1]).values_list("page", "snapshot", "draft")
    return [page for page, live, draft in rows if not is_same(live, draft)]


@transaction.atomic
def restore(version, *, author=None):
    """Copy `version` into the draft of its page and record that as a new Version, which is returned.

    A draft that was never recorded is recorded first, so that restoring loses nothing.
    """
    page = Page.objects.select_for_update().get(pk=version.page_id)
    record(page, author=author)
    locks.refuse(page, author)  # before its name may change
    write_draft(page, version.snapshot)
    restored, _ = _take(page, author, f"Restored from version {version.number}")
    detail = f"from version {version.number}"
    audit.log(Action.RESTORED, author=author, subject=page.path, version=restored, detail=detail)
    return restored


@transaction.atomic
def copy_block(values, page, *, author=None, source=None):
    """Write a block of a snapshot at the end of the draft of `page`; return the Version recorded."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    add_blocks(page, [values])
    return record(page, author=author, note=f"A block from “{source}”" if source else "")


def asking_for_sign_off():
    """Live Versions that no clinician has signed off, urgent fixes first; not those that are not medical."""
    current = Version.objects.current().filter(reviewer=None)
    others = current.filter(snapshot__page__is_medical=False, unchecked_since=None)
    unsigned = current.exclude(pk__in=others.values("pk")).select_related("page").defer("snapshot")
    return unsigned.alias(is_urgent=Case(When(unchecked_since=None, then=1), default=0)).order_by(
        "is_urgent", "page__position", "page__path"
    )
