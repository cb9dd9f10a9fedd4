"""From one person to the next: ask for a sign-off, send back, signed. Called by verbs and screens.

Whoever's turn it is gets an email, which names the page alone, and a place on the start page.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from content.models import AuditEntry, Clinician, HandOver, Page
from content.publishing import audit
from content.reminders import delivery

Step = HandOver.Step


@transaction.atomic
def ask(version, *, author, note=""):
    """Ask clinicians to sign `version` off."""
    if version.is_signed:
        raise ValidationError(f"Version {version.number} is signed off.")
    action = AuditEntry.Action.ASKED
    audit.log(action, author=author, subject=version.page.path, version=version)
    return _hand_over(version, Step.ASKED, author, note)


@transaction.atomic
def send_back(version, *, author, note):
    """Give `version` back to who asked for its sign-off, or else who wrote it; `note` says why."""
    if not note.strip():
        raise ValidationError("Say in the note what has to change.")
    asked = HandOver.objects.filter(version=version, step=Step.ASKED).first()
    audit.log(AuditEntry.Action.SENT_BACK, author=author, subject=version.page.path, version=version)
    return _hand_over(version, Step.SENT_BACK, author, note, to=asked.author if asked else version.author)


def signed(version, *, author):
    """Tell publishers that `version` waits for them, unless visitors have it."""
    end(version.page)
    if not version.is_live():
        _hand_over(version, Step.SIGNED, author)


def end(page):
    """Nothing waits for anybody any more."""
    open_ones(page).update(ended_at=timezone.now())


def open_ones(page=None):
    """Return the hand-overs whose turn it is, of all pages or of one."""
    found = HandOver.objects.filter(ended_at=None, page__trashed_at=None).select_related(
        "page", "version", "to"
    )
    return found.filter(page=page) if page else found


def _hand_over(version, step, author, note="", to=None):
    page = Page.objects.select_for_update().get(pk=version.page_id)
    end(page)
    made = HandOver.objects.create(page=page, version=version, step=step, author=author, note=note, to=to)
    transaction.on_commit(lambda: _tell(made.pk))
    return made


def recipients(turn):
    """Return whose turn it is."""
    if turn.step == Step.SENT_BACK:
        return [turn.to] if turn.to and turn.to.is_active and turn.to.email else []
    if turn.step == Step.SIGNED:
        return [user for user in delivery.people_who_may("content.publish_page") if user != turn.author]
    clinicians = Clinician.objects.filter(is_active=True, user__is_active=True).select_related("user")
    return [each.user for each in clinicians if each.user.email and each.user != turn.author]


def _tell(pk):
    """Send the emails of one hand-over, unless it has ended in the same moment: signed and published."""
    turn = open_ones().filter(pk=pk).select_related("author").first()
    if turn is None:
        return
    name = "review" if turn.step == Step.ASKED else "publish"
    link = reverse(f"admin:content_page_{name}", args=[turn.page_id])
    context = {"turn": turn, "link": f"{settings.SITE_URL}{link}?version={turn.version.number}"}
    file = f"emails/content/{turn.step.replace('-', '_')}"
    subject = render_to_string(f"{file}.subject.txt", context).strip()
    text = render_to_string(f"{file}.body.txt", context)
    for user in recipients(turn):
        delivery.is_accepted(EmailMessage(subject, text, to=[user.email]))
