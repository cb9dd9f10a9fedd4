"""Sends each reminder once to each person, by whichever process of whichever host comes first.

Called by page_reviews.py and license.py, which know what is due and what the mail says.
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

logger = logging.getLogger(__name__)

REPEAT_DAYS = 7  # after the day: a reminder again and again
LEASE = timedelta(minutes=10)  # longer than one mail takes; then another process may send it


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


def send(model, due, *, permissions, compose):
    """Remind everybody who has one of `permissions` of all that is `due`, one mail each; return how many.

    `due` is a list of (thing, fields of its row of `model`). `compose(things)` returns subject and text; they
    name nobody. What the mail server took is written down, so doing this twice sends nothing twice.
    """
    people, sent = list(people_who_may(*permissions)) if due else [], 0
    if due and not people:
        logger.warning("%s: nobody may see to what is due. Give someone a role that may.", model.__name__)
    for user in people:
        claimed = _claim(model, user, due)
        if claimed and _is_taken(_mail(model, user, claimed, *compose(list(claimed.values())))):
            model.objects.filter(pk__in=claimed).update(sent_at=timezone.now(), claimed_until=None)
            sent += 1
    return sent


def _claim(model, user, due):
    """Take for this process what `user` has not been told: a dict from id of the reminder to the thing."""
    now, claimed = timezone.now(), {}
    for thing, fields in due:
        row, is_mine = model.objects.get_or_create(
            recipient=user, **fields, defaults={"claimed_until": now + LEASE}
        )
        if not is_mine and row.sent_at is None:
            free = Q(claimed_until=None) | Q(claimed_until__lt=now)
            waiting = model.objects.filter(free, pk=row.pk, sent_at=None)
            is_mine = waiting.update(claimed_until=now + LEASE) == 1
        if is_mine:
            claimed[row.pk] = thing
    return claimed


def _mail(model, user, claimed, subject, text):
    kind = model._meta.model_name.removesuffix("reminder")
    key = f"{kind}-{user.pk}-{min(claimed)}"  # the same on a second try, so that mailboxes drop the copy
    headers = {
        "Message-ID": f"<{key}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(subject, text, to=[user.email], headers=headers)


def _is_taken(mail):
    try:
        mail.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
        logger.warning("The mail server refuses mail to a member of staff; see their account.")
        return False
    return True
