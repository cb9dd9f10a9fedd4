"""Every email this app can send, and to whom. Used by delivery.py and receipts.py.

The words are in templates/emails/intake/. An email names references and links, nothing that reveals who wrote
or why: people read email on the bus.
"""

from contextlib import suppress
from copy import copy
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from intake.models import AccessLogEntry, IntakeSettings
from intake.outbox.refusals import ABOUT_ONE_ADDRESS

GROUPS_NOTIFIED = ("Intake", "Owner")
MAX_REFERENCES = 30  # named in one email; the list in the admin has them all


class NoRecipientError(Exception):
    """No active member of staff with an email address may read messages and wants notices."""


def recipients():
    """Return the addresses of staff who may read messages and have not switched notices off."""
    users = readers().exclude(email="").exclude(notice_preference__is_on=False)
    return sorted(set(users.values_list("email", flat=True)))


def readers():
    """Return the active staff who may answer messages."""
    people = get_user_model().objects.filter(is_active=True, groups__name__in=GROUPS_NOTIFIED)
    return people.distinct().order_by("email")


def second_people():
    """Return who gets an alarm: the person an owner chose, else every owner, else all who get notices.

    A switched-off notice does not matter here: the first email has not helped. A chosen person who cannot
    answer any more is passed over.
    """
    chosen = readers().filter(pk=IntakeSettings.current().second_person_id).exclude(email="").first()
    if chosen:
        return [chosen.email]
    owners = readers().filter(groups__name="Owner").exclude(email="")
    return sorted(set(owners.values_list("email", flat=True))) or recipients()


def message_waiting(submission, *, mail_key):
    """To staff: one message is waiting."""
    context = {"submission": submission, "link": _link(submission)}
    return _email("message_waiting", context, mail_key, to=recipients())


def messages_waiting(submissions, *, mail_key):
    """To staff: more messages arrived than can be announced one by one."""
    context = {
        "count": len(submissions),
        "named": submissions[:MAX_REFERENCES],
        "more": max(0, len(submissions) - MAX_REFERENCES),
        "link": settings.SITE_URL + reverse("admin:intake_submission_changelist"),
    }
    return _email("messages_waiting", context, mail_key, to=recipients())


def nobody_claimed(submissions, *, mail_key):
    """To a second person: nobody has claimed these in time; each says whether anybody has opened it."""
    opened = AccessLogEntry.objects.references_opened(submissions)
    named = [(each, each.reference in opened, _link(each)) for each in submissions[:MAX_REFERENCES]]
    context = {"count": len(submissions), "named": named}
    return _email("nobody_claimed", context, mail_key, to=second_people())


def reference_for_sender(submission, *, mail_key):
    """To the person who wrote and asked for it: nothing reveals what kind of site this is; no link."""
    context = {"submission": submission}
    sender = settings.COPY_FROM_EMAIL
    with translation.override(submission.page_language):
        return _email("reference_for_sender", context, mail_key, to=[submission.email], sender=sender)


def _link(submission):
    return settings.SITE_URL + reverse("admin:intake_submission_change", args=[submission.pk])


def _email(name, context, mail_key, *, to, sender=None):
    """Return an email whose Message-ID stays the same on every try, so that mailboxes drop a second copy."""
    if not to:
        raise NoRecipientError
    subject = render_to_string(f"emails/intake/{name}.subject.txt", context).strip()
    body = render_to_string(f"emails/intake/{name}.body.txt", context)
    host = parseaddr(sender)[1].rpartition("@")[2] if sender else urlsplit(settings.SITE_URL).hostname
    host = f"[{host}]" if ":" in host else host
    headers = {"Message-ID": f"<{mail_key}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, sender, to=to, headers=headers)


def send(email, connection=None):
    """Hand an email to the server, one copy for each address, and return {address: error} of those refused.

    Raises the first error when nobody's was taken. How the conversation ends afterwards is no failure: the
    email is taken. No address sees another, and a bad one keeps nothing from the rest.
    """
    connection = connection or get_connection()
    try:
        connection.open()
        refused = _send_to_each(email, connection)
    finally:
        with suppress(Exception):
            connection.close()
    if len(refused) == len(email.to):
        raise refused[email.to[0]]
    return refused


def _send_to_each(email, connection):
    refused, broken = {}, None
    for address in email.to:
        one = copy(email)
        one.to = [address]
        try:
            if broken is None:
                connection.send_messages([one])
            else:
                refused[address] = broken
        except Exception as error:
            refused[address] = error
            broken = None if isinstance(error, ABOUT_ONE_ADDRESS) else error
    return refused
