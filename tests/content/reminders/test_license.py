"""The clinic's license: who is told that it expires, and that no page claims one that has expired."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from content import dashboard
from content.caching import public_state
from content.models import Clinic
from content.reminders import license
from tests.support.pages import make_page, publish_page
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ENDS = date(2027, 5, 22)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def make_clinic(ends=ENDS, number="190001XX"):
    return Clinic.objects.create(license_type="DHCS", license_number=number, license_expires_on=ends)


def days_with_mail(start, end):
    """Run every day from `start` to `end` and return the days on which a mail went out."""
    days = [start + n * DAY for n in range((end - start).days + 1)]
    return [day for day in days if license.send_reminders(day)]


def test_reminders_come_60_days_before_on_the_day_then_weekly_until_it_is_changed():
    make_staff("Owner")
    clinic = make_clinic()
    days = days_with_mail(ENDS - 70 * DAY, ENDS + 8 * DAY)
    assert days == [ENDS - 60 * DAY, ENDS, ENDS + 7 * DAY]
    clinic.license_expires_on = ENDS + 365 * DAY
    clinic.save()
    assert days_with_mail(ENDS + 9 * DAY, ENDS + 30 * DAY) == []


def test_those_who_can_change_it_get_one_short_mail():
    for role in ("Publisher", "Owner", "Editor", "Intake"):
        make_staff(role, f"{role.lower()}@vtc.example")
    make_clinic(timezone.localdate() + 60 * DAY)
    call_command("send_review_reminders")
    call_command("send_review_reminders")
    assert sorted(sent.to[0] for sent in mail.outbox) == ["owner@vtc.example", "publisher@vtc.example"]
    assert mail.outbox[0].subject == "The clinic's license expires soon"
    assert "http://testserver/admin/content/clinic/1/change/" in mail.outbox[0].body
    assert "190001XX" not in mail.outbox[0].body


def test_after_the_day_the_mail_says_that_it_is_not_shown():
    make_staff("Owner")
    make_clinic(timezone.localdate() - DAY)
    license.send_reminders()
    assert mail.outbox[0].subject == "The clinic's license has expired"
    assert "The site no longer shows it." in mail.outbox[0].body


@pytest.mark.parametrize("fields", [{"ends": None}, {"number": ""}, {"ends": date.max}])
def test_no_mail_without_a_license_or_its_end(fields):
    make_staff("Owner")
    make_clinic(**fields)
    assert license.send_reminders(ENDS) == 0


@pytest.mark.parametrize(("days", "is_shown"), [(1, True), (0, True), (-1, False), (None, True)])
def test_pages_name_the_license_up_to_its_last_day(client, days, is_shown):
    make_clinic(None if days is None else timezone.localdate() + days * DAY)
    publish_page(make_page())
    assert ("190001XX" in client.get("/some-page/").content.decode()) is is_shown


def test_pages_in_memory_are_shown_anew_once_it_has_expired():
    make_clinic(timezone.localdate())
    tomorrow = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    assert (
        abs(public_state.next_moment() - tomorrow.timestamp()) <= 3600
    )  # an hour for the days clocks change


def test_the_start_page_says_that_no_page_shows_it():
    make_clinic(timezone.localdate() - DAY)
    rows = [row for each in dashboard.items(make_staff("Owner")) for row in each["rows"]]
    assert rows[0]["is_late"]
    assert "no page shows it now" in rows[0]["note"]
