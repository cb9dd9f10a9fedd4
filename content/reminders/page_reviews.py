"""When live pages are due for review, and who is reminded.

Called by schedule.py and by the start page.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from content.models import Version
from content.reminders import delivery

NOTICE_DAYS = 30  # before the review is due: the first reminder, and the page's place on the start page
MAY_REVIEW = ("content.publish_page", "content.sign_off_page")


def due(today=None):
    """Return the live Versions whose review is overdue or due within `NOTICE_DAYS`, the latest ones first."""
    until = (today or timezone.localdate()) + timedelta(days=NOTICE_DAYS)
    live = Version.objects.current().filter(next_review_on__lte=until)
    return live.select_related("page").defer("snapshot").order_by("next_review_on", "page__position", "pk")


def send_reminders(today=None):
    """Remind whoever may publish or sign off: 30 days before, on the day, then weekly; return how many."""
    today = today or timezone.localdate()
    rows = [(version, f"page-{version.page_id}", _day(version, today)) for version in due(today)]
    return delivery.remind(rows, permissions=MAY_REVIEW, compose=_words)


def _day(version, today):
    return delivery.day_of_schedule(version.next_review_on, today, notice_days=NOTICE_DAYS)


def _words(versions):
    """Return the subject and text of the email: they name pages and dates, but no people."""
    subject = f"{len(versions)} pages need a review" if len(versions) > 1 else "A page needs a review"
    text = (
        "Check the facts on these pages, then publish them with a sign-off:\n\n"
        f"{''.join(map(_line, versions))}\n"
        "After the due date, you get this email every week until the review is done.\n"
    )
    return subject, text


def _line(version):
    link = settings.SITE_URL + reverse("admin:content_page_review", args=[version.page_id])
    overdue = "overdue since" if version.is_review_overdue else "due by"
    return f"- {version.page}, {overdue} {date_format(version.next_review_on, 'F j, Y')}\n  {link}\n"
