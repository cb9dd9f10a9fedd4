"""Federal holidays by rule, as the Office of Personnel Management lists them, offered as closed days."""

from datetime import date

import pytest
from django.urls import reverse

from intake.admin.holidays import federal_holidays
from intake.models import Closure
from tests.support.staff import make_staff

pytestmark = pytest.mark.once

ADDRESS = reverse("admin:intake_closure_holidays")
OF_2027 = "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24"
OF_2026 = "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"


@pytest.mark.parametrize(("year", "days"), [(2026, OF_2026), (2027, OF_2027)])
def test_each_holiday_is_on_the_day_on_which_it_is_kept(year, days):
    assert [f"{day:%m-%d}" for day, _ in federal_holidays(year)] == days.split()


@pytest.mark.django_db
def test_holidays_with_a_tick_become_closed_days_and_are_not_offered_again(client):
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    next_year = date.today().year + 1
    days = [day for day, _ in federal_holidays(next_year)]
    page = client.get(ADDRESS).content.decode()
    assert all(f'value="{day}"' in page for day in days)
    client.post(ADDRESS, {"days": [str(days[0]), str(days[-1])]})
    assert list(Closure.objects.values_list("on", flat=True)) == [days[0], days[-1]]
    page = client.get(ADDRESS).content.decode()
    assert f'value="{days[0]}"' not in page and f'value="{days[1]}"' in page


@pytest.mark.django_db
def test_only_owners_add_them(client):
    client.force_login(make_staff(email="dana@vtc.example"))
    assert client.post(ADDRESS, {"days": []}).status_code == 403
