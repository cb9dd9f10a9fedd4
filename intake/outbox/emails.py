"""Every email this app can send, and to whom. Used by delivery.py and receipts.py.

The words are in templates/emails/intake/. An email names references and links, nothing that reveals who wrote
or why: people read email on the bus.
"""

from contextlib import suppress
from copy import copy
from email.utils import parseaddr
from smtplib import SMTPServerDisconnected
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from intake.models import AccessLogEntry, IntakeSettings, Status
from intake.outbox.refusals import ABOUT_ONE_ADDRESS

GROUPS_NOTIFIED = ("Intake", "Owner")
MAX_REFERENCES = 30  # named in one email; the list in the admin has them all


class NoRecipientError(Exception):
    """No active member of staff with an email address may read messages and wants notices."""


def recipients():
    """Return the addresses of staff who may read messages and have not switched notices off."""
    users = able().exclude(notice_preference__is_on=False)
    return sorted(set(users.values_list("email", flat=True)))


def readers():
    """Return the active staff who may answer messages."""
    people = get_user_model().objects.filter(is_active=True, groups__name__in=GROUPS_NOTIFIED)
    return people.distinct().order_by("email")


def able():
    """Return the readers whom an email reaches."""
    return readers().exclude(email="")


def second_people():
    """Return who gets an alarm: the person an owner chose, else every owner, else all who get notices.

    A switched-off notice does not matter here: the first email has not helped. A chosen person who cannot
    answer any more is passed over.
    """
    chosen = IntakeSettings.current().second_person_id
    if found := able().filter(pk=chosen).first():
        return [found.email]
    owners = able().filter(groups__name="Owner")
    return sorted(set(owners.values_list("email", flat=True))) or recipients()


def addresses_of(keys):
    """Return the addresses of active staff by key; nobody without one."""
    people = get_user_model().objects.filter(pk__in=keys, is_active=True).exclude(email="")
    return dict(people.values_list("pk", "email"))


def message_waiting(submission, *, mail_key):
    """To staff: one message is waiting."""
    own = IntakeSettings.current().notice_subject
    context = {"submission": submission, "link": _link(submission), "own": own}
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


def needs_someone(submissions, *, mail_key):
    """To a second person, or to the holder alone: these are left alone; each line says how far it got."""
    opened = AccessLogEntry.objects.references_opened(submissions)
    named = [(each, _state(each, opened), _link(each)) for each in submissions[:MAX_REFERENCES]]
    context = {
        "count": len(submissions),
        "named": named,
        "more": max(0, len(submissions) - MAX_REFERENCES),
        "link": settings.SITE_URL + reverse("admin:intake_submission_changelist") + "?due=now",
    }
    return _email("needs_someone", context, mail_key, to=second_people())


def _state(submission, opened):
    """Say how far a message got, without a word about the person."""
    look = "opened" if submission.reference in opened else "not opened"
    if submission.status == Status.SUSPECTED:
        return f"suspected spam, {look}"
    if submission.status in Status.after_a_try():
        return "the next step is late"
    return "claimed, no attempt yet" if submission.claimed_by_id else f"not claimed, {look}"


def handed_over(submissions, *, mail_key, to):
    """To the colleague who was given these."""
    named = [(each, _link(each)) for each in submissions[:MAX_REFERENCES]]
    context = {"count": len(submissions), "named": named}
    return _email("handed_over", context, mail_key, to=[to])


def please_look_now(submissions, *, mail_key):
    """To all who answer, and the second person, at any hour: look at these before anything else."""
    context = _named(submissions)
    return _email("please_look_now", context, mail_key, to=sorted({*recipients(), *second_people()}))


def something_added(submissions, *, mail_key):
    """To staff: senders added something to messages that are there."""
    return _email("something_added", _named(submissions), mail_key, to=recipients())


def called_off(submissions, *, mail_key):
    """To staff: senders ask not to be contacted after all."""
    return _email("called_off", _named(submissions), mail_key, to=recipients())


def _named(submissions):
    named = {each.pk: (each, _link(each)) for each in submissions}
    return {
        "count": len(named),
        "named": list(named.values())[:MAX_REFERENCES],
        "more": max(0, len(named) - MAX_REFERENCES),
        "link": settings.SITE_URL + reverse("admin:intake_submission_changelist"),
    }


def test_message(canary, *, mail_key):
    """To whoever wanted a test message; the daily one goes to the site's own mailbox, which nobody reads."""
    to = canary.wanted_by.email if canary.wanted_by else settings.DEFAULT_FROM_EMAIL
    return _email("test_message", {"canary": canary}, mail_key, to=[to] if to else [])


def test_mail(address, *, mail_key):
    """To whoever asks whether mail arrives."""
    return _email("test_mail", {}, mail_key, to=[address])


def test_failed(reason, *, mail_key):
    """To a second person: a test message did not come through, so messages of people may not either."""
    context = {"reason": reason, "link": settings.SITE_URL + reverse("admin:index")}
    return _email("test_failed", context, mail_key, to=second_people())


def reference_for_sender(submission, *, mail_key):
    """To the person who wrote and asked for it: nothing reveals what kind of site this is; no link."""
    own, reference = IntakeSettings.current(), submission.spoken_reference
    said = {part: own.copy_text(part, submission.page_language, reference) for part in ("subject", "words")}
    context = {"submission": submission, "own": said}
    sender = settings.COPY_FROM_EMAIL
    with translation.override(submission.page_language):
        return _email("reference_for_sender", context, mail_key, to=[submission.email], sender=sender)


def to_person(reply, *, mail_key):
    """To a person, in the words of staff: from the sender that does not tell what kind of site this is."""
    mail = _email("to_person", {"reply": reply}, mail_key, to=[reply.to], sender=settings.COPY_FROM_EMAIL)
    mail.extra_headers.pop("Auto-Submitted")  # somebody wrote it
    return mail


def _link(submission):
    return settings.SITE_URL + reverse("admin:intake_submission_change", args=[submission.pk])


def _email(name, context, mail_key, *, to, sender=None):
    """Return an email whose Message-ID stays the same on every try, so that mailboxes drop a second copy."""
    if not to:
        raise NoRecipientError
    subject = " ".join(render_to_string(f"emails/intake/{name}.subject.txt", context).split())  # one line
    body = render_to_string(f"emails/intake/{name}.body.txt", context)
    host = parseaddr(sender)[1].rpartition("@")[2] if sender else urlsplit(settings.SITE_URL).hostname
    host = f"[{host}]" if ":" in host else host
    # A mail to a sender names no list: its name would tell what kind of site this is.
    others = settings.MAIL_HEADERS if sender else settings.STAFF_MAIL_HEADERS
    headers = {"Message-ID": f"<{mail_key}@{host}>", **others}
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
            broken = _start_anew(connection, error)
    return refused


def _start_anew(connection, error):
    """Connect again for the next address, and return why it need not be tried; None when it can be.

    A server that is full or filters ends the connection at one address, and takes the next. One that refuses
    the sender, or answers nothing, says the same to all.
    """
    if not isinstance(error, (*ABOUT_ONE_ADDRESS, SMTPServerDisconnected, ConnectionError)):
        return error
    with suppress(Exception):
        connection.close()
    try:
        connection.open()
    except Exception as still:
        return still
    return None
