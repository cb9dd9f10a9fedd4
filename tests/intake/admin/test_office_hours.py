"""Office hours and closed days that an owner types in decide promises and what the form offers."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from intake import reply_times
from intake.models import IntakeSettings, OfficeHours
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADD = reverse("admin:intake_submission_add")
LIST = reverse("admin:intake_submission_changelist")
HOUR = timedelta(hours=1)


def test_a_closed_day_that_an_owner_types_in_moves_the_promise(client):
    OfficeHours.objects.all().delete()
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    OfficeHours.objects.create(weekday=0, opens_at=time(9), closes_at=time(17))
    sunday = datetime(2082, 12, 6, 12, tzinfo=reply_times.PACIFIC)  # closed days of the past are not read
    client.post(reverse("admin:intake_closure_add"), {"on": "2082-12-07", "reason": "Inventory"})
    deadline = reply_times.Office.current().deadline(sunday, 60).astimezone(reply_times.PACIFIC)
    assert (deadline.day, deadline.hour) == (14, 10)


def test_hours_that_an_owner_types_in_decide_what_the_form_offers(client):
    OfficeHours.objects.all().delete()
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    address = reverse("admin:intake_officehours_add")
    client.post(address, {"weekday": "0", "opens_at": "13:00", "closes_at": "19:00"})
    assert IntakeSettings.current().offered_times == ["afternoon", "evening"]
    hours = OfficeHours.objects.get()
    client.post(reverse("admin:intake_officehours_delete", args=[hours.pk]), {"post": "yes"})
    assert IntakeSettings.current().offered_times == []


def test_hours_of_monday_to_friday_are_one_step_and_times_are_typed_as_people_do(client):
    OfficeHours.objects.all().delete()
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    address = reverse("admin:intake_officehours_add")
    client.post(address, {"weekday": "monday-to-friday", "opens_at": "9 a.m.", "closes_at": "5pm"})
    found = OfficeHours.objects.values_list("weekday", "opens_at", "closes_at")
    assert list(found) == [(day, time(9), time(17)) for day in range(5)]
    overlap = client.post(address, {"weekday": "monday-to-friday", "opens_at": "noon", "closes_at": "6 PM"})
    assert "overlap" in overlap.content.decode() and OfficeHours.objects.count() == 5
