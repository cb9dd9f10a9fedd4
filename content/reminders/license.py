"""When the clinic's license expires, and who is reminded. Pages stop showing it on their own.

Called by schedule.py and by the start page; what is shown is `Clinic.shows_license`.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from content.models import Clinic
from content.reminders import delivery

NOTICE_DAYS = 60  # before it expires: the first reminder, and its place on the start page
MAY_CHANGE = ("content.change_clinic",)


def due(today=None):
    """Return the Clinic whose license has expired or does within `NOTICE_DAYS`, or None."""
    until = (today or timezone.localdate()) + timedelta(days=NOTICE_DAYS)
    return Clinic.objects.exclude(license_number="").filter(license_expires_on__lte=until).first()


def send_reminders(today=None):
    """Remind whoever may change it: 60 days before, on the day, then weekly; return how many were sent."""
    clinic, today = due(today), today or timezone.localdate()
    if clinic is None:
        return 0
    ends = clinic.license_expires_on
    day = delivery.day_of_schedule(ends, today, notice_days=NOTICE_DAYS)
    rows = [(clinic, f"license-{ends}", day)]
    return delivery.remind(rows, permissions=MAY_CHANGE, compose=_words)


def _words(clinics):
    """Return the subject and text of the email."""
    ends = clinics[0].license_expires_on
    has_expired = ends < timezone.localdate()
    subject = "The clinic's license has expired" if has_expired else "The clinic's license expires soon"
    verb = "expired" if has_expired else "expires"
    shown = "The site no longer shows it." if has_expired else "After that day, no page shows it."
    link = settings.SITE_URL + reverse("admin:content_clinic_change", args=[clinics[0].pk])
    text = (
        f"The clinic's license {verb} on {date_format(ends, 'F j, Y')}. {shown}\n\n"
        f"When it is renewed, enter the new date here:\n{link}\n\n"
        "After that day, you get this email every week until the date is changed.\n"
    )
    return subject, text
