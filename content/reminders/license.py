"""When the clinic's license expires, and who is reminded of it. Pages stop showing it by themselves.

Called by schedule.py and by the start page; what is shown is `Clinic.shows_license`.
"""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from content.models import Clinic, LicenseReminder
from content.reminders import delivery

NOTICE_DAYS = 60  # before it expires: the first reminder, and its place on the start page
MAY_CHANGE = ("content.change_clinic",)


def due(today=None):
    """Return the Clinic whose license has expired or does within `NOTICE_DAYS`, or None."""
    until = (today or timezone.localdate()) + timedelta(days=NOTICE_DAYS)
    return Clinic.objects.exclude(licence_number="").filter(licence_expires_on__lte=until).first()


def send_reminders(today=None):
    """Remind whoever may change it: 60 days before, on the day, then weekly; return how many mails went."""
    clinic, today = due(today), today or timezone.localdate()
    if clinic is None:
        return 0
    ends = clinic.licence_expires_on
    day = delivery.day_of_schedule(ends, today, notice_days=NOTICE_DAYS)
    rows = [(clinic, {"expires_on": ends, "scheduled_on": day})]
    return delivery.send(LicenseReminder, rows, permissions=MAY_CHANGE, compose=_words)


def _words(clinics):
    """Return subject and text of the mail."""
    ends = clinics[0].licence_expires_on
    has_expired = ends < timezone.localdate()
    subject = "The clinic's license has expired" if has_expired else "The clinic's license expires soon"
    told = "expired" if has_expired else "expires"
    shown = "The site does not show it any more." if has_expired else "After that day no page shows it."
    link = settings.SITE_URL + reverse("admin:content_clinic_change", args=[clinics[0].pk])
    text = (
        f"The clinic's license {told} on {date_format(ends, 'F j, Y')}. {shown}\n\n"
        f"When it is renewed, enter the new day here:\n{link}\n\n"
        "You get this mail again every week after the day until it is changed.\n"
    )
    return subject, text
