"""When live pages are to be reviewed again, and who is reminded of it.

Called by the command send_review_reminders, by the thread beside the web requests and by the start page.
"""

import logging
import smtplib
import time
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from content.models import ReviewReminder, Version

logger = logging.getLogger(__name__)

NOTICE_DAYS = 30  # before the review is due: the first reminder, and the page's place on the start page
REPEAT_DAYS = 7  # after it: a reminder again and again
LEASE = timedelta(minutes=10)  # longer than one mail takes; then another process may send it
LOOK_SECONDS = 3600  # between two looks of the thread
MAY_REVIEW = ("content.publish_page", "content.sign_off_page")

_process = SimpleNamespace(looked_at=None)


def due(today=None):
    """Return the live Versions whose review is overdue or due within `NOTICE_DAYS`, the latest ones first."""
    until = (today or timezone.localdate()) + timedelta(days=NOTICE_DAYS)
    live = Version.objects.current().filter(next_review_on__lte=until)
    return live.select_related("page").defer("snapshot").order_by("next_review_on", "page__position", "pk")


def reminder_day(next_review_on, today):
    """Return the day whose reminder holds on `today`: 30 days before, the day, then every week; or None.

    A day on which nothing ran is made up for on the next, because it is the schedule that counts.
    """
    days = (today - next_review_on).days
    if days < -NOTICE_DAYS:
        return None
    if days < 0:
        return next_review_on - timedelta(days=NOTICE_DAYS)
    return next_review_on + timedelta(days=days - days % REPEAT_DAYS)


def recipients():
    """Return the active staff with an address who may publish or sign off."""
    users, backend = get_user_model().objects, "django.contrib.auth.backends.ModelBackend"
    able = Q(pk=None)
    for permission in MAY_REVIEW:
        able |= Q(pk__in=users.with_perm(permission, backend=backend).values("pk"))
    return users.filter(able, is_active=True, is_staff=True).exclude(email="").order_by("pk")


def send_reminders(today=None):
    """Remind everybody of what is due, one mail each, and return how many mails went out.

    Done twice it sends nothing twice: what the mail server took is written down, by any process of any host.
    """
    today, sent = today or timezone.localdate(), 0
    versions = list(due(today))
    people = list(recipients()) if versions else []
    if versions and not people:
        logger.warning(
            "Reviews are due, but nobody may publish or sign off. Give someone the role Publisher."
        )
    for user in people:
        claimed = _claim(user, versions, today)
        if not claimed:
            continue
        try:
            _mail(user, claimed).send()
        except smtplib.SMTPRecipientsRefused:
            logger.warning("The mail server refuses the address of a member of staff; see their account.")
            continue
        ReviewReminder.objects.filter(pk__in=claimed).update(sent_at=timezone.now(), claimed_until=None)
        sent += 1
    return sent


def remind_hourly():
    """Chore of the thread beside the web requests: look now and then whether somebody must be reminded."""
    if _process.looked_at is None or time.monotonic() - _process.looked_at > LOOK_SECONDS:
        _process.looked_at = time.monotonic()
        send_reminders()


def _claim(user, versions, today):
    """Take for this process what `user` has not been told: a dict from id of the reminder to Version."""
    now, claimed = timezone.now(), {}
    told = ReviewReminder.objects.filter(recipient=user, sent_at__isnull=False)
    told = set(told.filter(page__in=[v.page_id for v in versions]).values_list("page", "scheduled_on"))
    for version in versions:
        day = reminder_day(version.next_review_on, today)
        if (version.page_id, day) in told:
            continue
        row, is_mine = ReviewReminder.objects.get_or_create(
            page=version.page, recipient=user, scheduled_on=day, defaults={"claimed_until": now + LEASE}
        )
        if not is_mine:
            free = Q(claimed_until=None) | Q(claimed_until__lt=now)
            waiting = ReviewReminder.objects.filter(free, pk=row.pk, sent_at=None)
            is_mine = waiting.update(claimed_until=now + LEASE) == 1
        if is_mine:
            claimed[row.pk] = version
    return claimed


def _mail(user, claimed):
    """Return the mail that names pages and days, and nobody."""
    pages = "".join(_line(version) for version in claimed.values())
    subject = f"{len(claimed)} pages need a review" if len(claimed) > 1 else "A page needs a review"
    text = (
        f"Please check the facts of these pages, then publish them with a sign-off:\n\n{pages}\n"
        "You get this mail again every week after the day until it is done.\n"
    )
    key = f"review-{user.pk}-{min(claimed)}"  # the same on a second try, so that mailboxes drop the copy
    headers = {
        "Message-ID": f"<{key}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(subject, text, to=[user.email], headers=headers)


def _line(version):
    link = settings.SITE_URL + reverse("admin:content_page_change", args=[version.page_id])
    overdue = "overdue since" if version.is_review_overdue else "due by"
    return f"- {version.page}, {overdue} {date_format(version.next_review_on, 'F j, Y')}\n  {link}\n"
