"""Every e-mail this app can send, and to whom. Used by delivery.py and receipts.py.

A mail names references and links, nothing that tells who wrote or why: mailboxes are read on the bus.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from intake.models import IntakeSettings
from intake.staff import access_log

GROUPS_TOLD = ("Intake", "Owner")
MOST_REFERENCES = 30  # named in one mail; the list in the admin has them all


class NobodyToTell(Exception):
    """No active member of staff with an e-mail address may read messages and wants notices."""


def recipients():
    """Return the addresses of staff who may read messages and have not switched notices off."""
    users = get_user_model().objects.filter(is_active=True, groups__name__in=GROUPS_TOLD)
    users = users.exclude(email="").exclude(notice_preference__is_on=False)
    return sorted(set(users.values_list("email", flat=True)))


def readers():
    """Return the active staff who may answer messages."""
    people = get_user_model().objects.filter(is_active=True, groups__name__in=GROUPS_TOLD)
    return people.distinct().order_by("email")


def second_people():
    """Return whom an alarm goes to: the person an owner chose, else every owner, else all who get notices.

    A switched-off notice does not matter here: the first mail has not helped. Who was chosen and cannot
    answer any more is passed over.
    """
    chosen = readers().filter(pk=IntakeSettings.current().second_person_id).exclude(email="").first()
    if chosen:
        return [chosen.email]
    owners = readers().filter(groups__name="Owner").exclude(email="")
    return sorted(set(owners.values_list("email", flat=True))) or recipients()


def one_waits(submission, *, message_key):
    """One message waits."""
    reference = submission.spoken_reference
    text = f"A message waits for an answer.\n\nReference: {reference}\nRead it: {_link(submission)}\n"
    return _mail(f"A message waits: {reference}", text, message_key)


def several_wait(submissions, *, message_key):
    """More messages came than staff can be told of one by one."""
    link = settings.SITE_URL + reverse("admin:intake_submission_changelist")
    named = "".join(f"- {submission.spoken_reference}\n" for submission in submissions[:MOST_REFERENCES])
    more = f"and {len(submissions) - MOST_REFERENCES} more\n" if len(submissions) > MOST_REFERENCES else ""
    text = f"{len(submissions)} messages wait for an answer.\n\n{named}{more}\nRead them: {link}\n"
    return _mail(f"{len(submissions)} messages wait", text, message_key)


def nobody_claims(submissions, *, message_key):
    """Alarm to a second person: nobody has claimed these in time; each says whether anybody has opened it."""
    opened = access_log.opened(submissions)
    lines = [
        f"- {each.spoken_reference}, {'' if each.reference in opened else 'not '}opened: {_link(each)}\n"
        for each in submissions[:MOST_REFERENCES]
    ]
    text = "Nobody has claimed these messages yet. Please claim them, or find somebody who does.\n\n"
    text += "".join(lines)
    return _mail(f"Nobody has claimed {len(submissions)} message(s)", text, message_key, to=second_people())


def reference_for_sender(submission, *, message_key):
    """To the person who wrote and wants it: nothing tells what kind of site this is; there is no link."""
    reference = submission.spoken_reference
    with translation.override(submission.page_language):
        text = gettext(
            "We have your message. Your reference is {reference}.\n\n"
            "Please do not answer this email. Did you not write to us? Then you can ignore it.\n"
        ).format(reference=reference)
        subject = gettext("Your reference: {reference}").format(reference=reference)
    return _mail(subject, text, message_key, to=[submission.email], sender=settings.COPY_FROM_EMAIL)


def _link(submission):
    return settings.SITE_URL + reverse("admin:intake_submission_change", args=[submission.pk])


def _mail(subject, body, message_key, *, to=None, sender=None):
    """Return a mail whose Message-ID stays the same on every try, so that mailboxes drop a second copy."""
    to = recipients() if to is None else to
    if not to:
        raise NobodyToTell
    host = sender.rpartition("@")[2].strip(">") if sender else urlsplit(settings.SITE_URL).hostname
    headers = {"Message-ID": f"<{message_key}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, sender, to=to, headers=headers)
