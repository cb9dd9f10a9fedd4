"""From one person to the next: ask for a sign-off, send back, signed. Called by verbs and screens.

Whoever's turn it is gets a place on the start page at once, and from the background job an email, which names
the page alone and is tried again until the mail server took it.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, OuterRef, Subquery, When
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from content.models import AuditEntry, Clinician, HandOver, Page, Reminder, Version
from content.publishing import audit, guards
from content.publishing.same_text import is_same
from content.readability.visible_text import is_reason
from content.reminders import delivery

Step = HandOver.Step
GIVE_UP_AFTER = timedelta(days=3)  # by then the start page has told, and a refused address stays refused


@transaction.atomic
def ask(version, *, author, note=""):
    """Ask clinicians to sign `version` off."""
    if version.is_signed:
        raise ValidationError(f"Version {version.number} is signed off.")
    guards.refuse_errors(version, "ask for a sign-off of")  # nobody could sign it
    action = AuditEntry.Action.ASKED
    audit.log(action, author=author, subject=version.page.path, version=version)
    return _hand_over(version, Step.ASKED, author, note)


@transaction.atomic
def send_back(version, *, author, note):
    """Give `version` back to who asked for its sign-off, or else who wrote it; `note` says why."""
    if not is_reason(note):
        raise ValidationError("Say in the note what has to change.")
    asked = HandOver.objects.filter(version=version, step=Step.ASKED).first()
    audit.log(AuditEntry.Action.SENT_BACK, author=author, subject=version.page.path, version=version)
    return _hand_over(version, Step.SENT_BACK, author, note, to=asked.author if asked else version.author)


def sent_back_before(version, live=None):
    """Return the turn that sent an older text of `version` back, if none was signed or `live` since."""
    older = HandOver.objects.filter(page=version.page_id, version__number__lt=version.number)
    last = older.exclude(step=Step.ASKED).select_related("version", "author").first()
    is_settled = last is None or last.step == Step.SIGNED or (live and live.number >= last.version.number)
    return None if is_settled else last


def signed(version, *, author):
    """Tell publishers that `version` waits for them, unless visitors have it or will."""
    settle(version)
    is_planned = version.live_from and version.live_from > timezone.now()
    if not (version.is_live() or is_planned):
        _hand_over(version, Step.SIGNED, author)


def settle(version):
    """End what waits for somebody about `version` or an older one; a newer text keeps its turn."""
    open_ones(version.page).filter(version__number__lte=version.number).update(ended_at=timezone.now())


def follow(version):
    """Let what is asked about an older text be asked about `version`, just recorded, if it says the same."""
    for turn in open_ones(version.page).filter(step=Step.ASKED):
        if is_same(turn.version.snapshot, version.snapshot):
            turn.version = version
            turn.save(update_fields=["version"])


def open_ones(page=None):
    """Return the hand-overs whose turn it is, of all pages or of one.

    `newer` is the number of a newer text, if a sign-off was asked for one that nobody can sign any more.
    """
    newest = Version.objects.filter(page=OuterRef("page")).order_by("-number").values("number")[:1]
    is_passed = When(step=Step.ASKED, version__number__lt=Subquery(newest), then=Subquery(newest))
    found = HandOver.objects.filter(ended_at=None, page__trashed_at=None).annotate(newer=Case(is_passed))
    found = found.select_related("page", "version", "author", "to")
    return found.filter(page=page) if page else found


def waiting_for(user):
    """Return the turns that wait for `user`: to be signed off, to be changed, to be published."""
    turns = list(open_ones())
    may_change, may_publish = (user.has_perm(f"content.{verb}_page") for verb in ("change", "publish"))
    is_clinician = bool(turns) and Clinician.objects.filter(user=user, is_active=True).exists()
    theirs = {Step.ASKED: is_clinician, Step.SIGNED: may_publish}
    return [
        turn
        for turn in turns
        if theirs.get(turn.step, turn.to == user) or (turn.is_for_any_editor and may_change)
    ]


def _hand_over(version, step, author, note="", to=None):
    page = Page.objects.select_for_update().get(pk=version.page_id)
    open_ones(page).update(ended_at=timezone.now())
    return HandOver.objects.create(page=page, version=version, step=step, author=author, note=note, to=to)


def has_signers():
    """Whether anybody can sign off: without a clinician nobody gets what is asked."""
    return Clinician.objects.filter(is_active=True, user__is_active=True).exists()


def recipients(turn):
    """Return whose turn it is."""
    if turn.is_for_any_editor:
        return [user for user in delivery.people_who_may("content.change_page") if user != turn.author]
    if turn.step == Step.SENT_BACK:
        return [turn.to] if turn.to.email else []
    if turn.step == Step.SIGNED:
        return [user for user in delivery.people_who_may("content.publish_page") if user != turn.author]
    clinicians = Clinician.objects.filter(is_active=True, user__is_active=True).select_related("user")
    return [each.user for each in clinicians if each.user.email and each.user != turn.author]


def tell_due():
    """Email whoever's turn it is and was not told yet. A turn that has ended meanwhile tells nobody."""
    since = timezone.now() - GIVE_UP_AFTER
    for turn in open_ones().filter(told_at=None, at__gte=since).select_related("author"):
        _tell(turn)


def _tell(turn):
    about, people = f"hand-over-{turn.pk}", recipients(turn)
    due = [(turn, about, timezone.localdate(turn.at))]
    delivery.send(due, people=people, compose=_words)
    if Reminder.objects.filter(about=about, sent_at__isnull=False).count() >= len(people):
        HandOver.objects.filter(pk=turn.pk).update(told_at=timezone.now())


def _words(turns):
    """Return the subject and text of the email."""
    turn = turns[0]
    name = "publish" if turn.step == Step.SIGNED else "review"
    link = reverse(f"admin:content_page_{name}", args=[turn.page_id])
    context = {"turn": turn, "link": f"{settings.SITE_URL}{link}?version={turn.version.number}"}
    file = f"emails/content/{turn.step.replace('-', '_')}"
    subject = render_to_string(f"{file}.subject.txt", context).strip()
    return subject, render_to_string(f"{file}.body.txt", context)
