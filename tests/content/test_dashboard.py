"""The admin's start page opens with what needs doing, for those who may do it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content import dashboard, publishing
from content.models import Clinic, Version
from tests.support.pages import make_page, publish_page
from tests.support.staff import make_clinician, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = timedelta(days=1)


@pytest.fixture
def publisher():
    return make_staff("Publisher")


def titles(user):
    return [each["title"] for each in dashboard.items(user)]


def notes(user, title):
    return [row["note"] for each in dashboard.items(user) if each["title"] == title for row in each["rows"]]


def test_a_page_without_sign_off_is_listed_until_it_has_one(publisher):
    version = publish_page(make_page())
    assert titles(publisher) == ["Pages without sign-off"]
    reviewer, today = make_clinician(), timezone.localdate()
    publishing.sign_off(version, reviewer=reviewer, reviewed_on=today, next_review_on=today + 90 * DAY)
    assert titles(publisher) == []


def test_an_urgent_fix_stands_first(publisher):
    publish_page(make_page("/a/", position=1))
    publish_page(make_page("/b/", position=2), change=Version.Change.URGENT)
    assert notes(publisher, "Pages without sign-off") == ["urgent fix", ""]


def test_reviews_are_listed_from_30_days_before_and_the_late_ones_first(publisher):
    today = timezone.localdate()
    for days in (31, 30, -1):
        page = make_page(f"/p{days + 50}/")
        publish_page(page, change=Version.Change.CLINICAL, next_review_on=today + days * DAY)
    first, second = notes(publisher, "Pages to review")
    assert first.startswith("overdue since")
    assert second.startswith("due by")


@pytest.mark.parametrize(
    ("days", "text"), [(61, None), (60, "It expires soon"), (0, "It expires soon"), (-1, "It has expired")]
)
def test_the_license_alarm_starts_60_days_before(publisher, days, text):
    Clinic.objects.create(license_number="1", license_expires_on=timezone.localdate() + days * DAY)
    rows = [row["text"] for each in dashboard.items(publisher) for row in each["rows"]]
    assert rows == ([text] if text else [])


def test_a_license_without_an_end_is_asked_for(publisher):
    Clinic.objects.create(license_number="1")
    assert titles(publisher) == ["The clinic's license"]


def test_the_intake_role_is_not_bothered_with_pages():
    publish_page(make_page())
    assert titles(make_staff("Intake")) == []


def test_the_start_page_shows_the_lists_with_their_links(client, publisher, settings):
    settings.STAFF_SECOND_FACTOR = False
    page = make_page(short_name="A <b>page</b>")
    publish_page(page)
    client.force_login(publisher)
    html = client.get("/admin/").content.decode()
    assert "Pages without sign-off" in html
    assert f'<a href="/admin/content/page/{page.pk}/publish/?version=1">A &lt;b&gt;page&lt;/b&gt;</a>' in html


def test_a_long_list_ends_folded_and_leads_to_all_of_it(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    for number in range(dashboard.MAX_ROWS + 2):
        publish_page(make_page(f"/p{number}/"))
    client.force_login(make_staff("Editor"))
    html = client.get("/admin/").content.decode()
    assert "Pages without sign-off\n    (17)" in html and "<summary>2 more" in html
    assert html.count("/review/?version=1") == dashboard.MAX_ROWS + 2  # editors may not publish
    assert "/publish/" not in html


def test_queries_are_constant(publisher, django_assert_num_queries):
    publish_page(make_page())
    dashboard.items(publisher)
    with django_assert_num_queries(22):
        dashboard.items(publisher)
    for number in range(5):
        publish_page(make_page(f"/page-{number}/"))
    with django_assert_num_queries(22):
        dashboard.items(publisher)
