"""Sends each reminder once to each person, from whichever process on whichever host is first.

Called by page_reviews.py, license.py and publishing/hand_over.py, which know what is due and what the email
says.
"""

import logging
import smtplib
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import timezone

from content.models import Reminder

logger = logging.getLogger(__name__)

REPEAT_DAYS = 7  # after the day: one reminder a week
LEASE = timedelta(minutes=10)  # longer than one email takes; then another process may send it


def day_of_schedule(due_on, today, *, notice_days):
    """Return the day whose reminder holds on `today`: `notice_days` before, the day, every week; or None.

    A day on which nothing ran is made up for on the next, because it is the schedule that counts.
    """
    days = (today - due_on).days
    if days < -notice_days:
        return None
    if days < 0:
        return due_on - timedelta(days=notice_days)
    return due_on + timedelta(days=days - days % REPEAT_DAYS)


def people_who_may(*permissions):
    """Return the active staff with an address who have one of `permissions`."""
    users, backend = get_user_model().objects, "django.contrib.auth.backends.ModelBackend"
    able = Q(pk=None)
    for permission in permissions:
        able |= Q(pk__in=users.with_perm(permission, backend=backend).values("pk"))
    return users.filter(able, is_active=True, is_staff=True).exclude(email="").order_by("pk")


def remind(due, *, permissions, compose):
    """Email everyone who has one of `permissions` about all that is `due`; return how many went out."""
    return send(due, people=people_who_may(*permissions), compose=compose) if due else 0


def send(due, *, people, compose):
    """Email each of `people` about all that is `due`; return how many emails went out.

    `due` is a list of (thing, what its `Reminder` is about, scheduled day). `compose(things)` returns subject
    and text, which name nobody. What the mail server accepted is recorded, so a second run sends nothing.
    """
    people, sent = list(people), 0
    if not people:
        about = ", ".join(about for _, about, _ in due)
        logger.warning("Nobody may act on what is due (%s). Give someone a role that may.", about)
    for user in people:
        claimed = _claim(user, due)
        if claimed and _is_accepted(_email(user, claimed, *compose(list(claimed.values())))):
            Reminder.objects.filter(pk__in=claimed).update(sent_at=timezone.now(), claimed_until=None)
            sent += 1
    return sent


def _claim(user, due):
    """Claim what `user` has not been reminded of: a dict from the id of the Reminder to the thing."""
    now, claimed = timezone.now(), {}
    for thing, about, day in due:
        row, is_mine = Reminder.objects.get_or_create(
            about=about, recipient=user, scheduled_on=day, defaults={"claimed_until": now + LEASE}
        )
        if not is_mine and row.sent_at is None:
            free = Q(claimed_until=None) | Q(claimed_until__lt=now)
            waiting = Reminder.objects.filter(free, pk=row.pk, sent_at=None)
            is_mine = waiting.update(claimed_until=now + LEASE) == 1
        if is_mine:
            claimed[row.pk] = thing
    return claimed


def _email(user, claimed, subject, text):
    key = f"reminder-{user.pk}-{min(claimed)}"  # the same on a second try, so that mailboxes drop the copy
    headers = {
        "Message-ID": f"<{key}@{urlsplit(settings.SITE_URL).hostname}>",
        **settings.STAFF_MAIL_HEADERS,
    }
    return EmailMessage(" ".join(subject.split()), text, to=[user.email], headers=headers)


def _is_accepted(mail):
    """Whether the server took it. What concerns this address alone (ValueError: nobody can write to it) ends
    nothing for the next."""
    try:
        mail.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError, ValueError):
        logger.warning("The mail server refuses email to a staff member. Check the address in their account.")
        return False
    return True
