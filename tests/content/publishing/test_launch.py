"""What must not go live yet is told by name, and facts that end are told in time."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from content import dashboard, page_checks, publishing
from content.models import Clinic, Helpline, Source, Version
from content.publishing import launch
from content.reminders import expiring_facts
from tests.content.test_dashboard import make_staff
from tests.support.pages import add_text, make_page, make_source, publish_page
from tests.support.staff import make_clinician

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = timedelta(days=1)


def told():
    return [f"{point.about}: {point.text}" for point in launch.open_points()]


def test_lists_what_nobody_has_signed_opened_or_entered(starting_pages, capsys):
    with pytest.raises(SystemExit) as left:
        call_command("check_pages", "--launch")
    assert left.value.code == 1
    lines = capsys.readouterr().out
    assert "/withdrawal/: No clinician has signed off this text." in lines
    assert "[hsc-1799-102]: Nobody has read it at https://leginfo.legislature.ca.gov/" in lines
    assert "Never Use Alone: It is not shown. Call both numbers" in lines
    assert "Clinic: Say which ages you see." in lines
    assert lines.endswith("left before launch.\n")


def test_nothing_is_left_when_all_is_done(capsys):
    Clinic.objects.create(
        phone="(818) 555-0100",
        who_answers="A counselor",
        license_number="1",
        takes_medi_cal="yes",
        ages_seen="18 or older",
        prescribes="no",
        languages="English",
    )
    reviewer = make_clinician()
    today = timezone.localdate()
    page = make_page()
    add_text(page, "<p>Naloxone helps [cdc-naloxone].</p>")
    make_source(verification="seen")
    Source.objects.create(
        slug="unused", publisher="X", title="Y", url="https://x.example/", verification="not-opened"
    )
    version = publish_page(page)
    publishing.sign_off(version, reviewer=reviewer, reviewed_on=today, next_review_on=today + 90 * DAY)
    assert told() == []
    call_command("check_pages", "--launch")
    assert "Nothing is left before launch." in capsys.readouterr().out


def test_a_page_says_that_no_clinician_has_checked_it_until_one_has(client):
    make_source(verification="seen")
    page, today = make_page(), timezone.localdate()
    add_text(page, "<p>Naloxone helps [cdc-naloxone].</p>")
    version = publish_page(page)
    assert "not yet checked by a clinician" in client.get(page.path).content.decode()
    reviewer = make_clinician()
    publishing.sign_off(version, reviewer=reviewer, reviewed_on=today, next_review_on=today + 90 * DAY)
    html = client.get(page.path).content.decode()
    assert "Reviewed by A Clinician, LMFT" in html
    assert "not yet checked by a clinician" not in html


def test_the_line_does_not_go_with_the_citations_but_where_nothing_is_medical(client):
    medical, other = make_page(), make_page("/access/", short_name="Access", is_medical=False)
    for page in (medical, other):
        add_text(page)
        publish_page(page)
    assert "Not yet checked by a clinician" in client.get(medical.path).content.decode()
    assert "checked by a clinician" not in client.get(other.path).content.decode()
    assert [version.page for version in publishing.asking_for_sign_off()] == [medical]


def test_an_urgent_change_that_calls_a_page_not_medical_still_asks_for_sign_off(client):
    page = make_page()
    publish_page(page, reviewer=make_clinician())
    page.is_medical = False
    page.save()
    version = publishing.publish(publishing.record(page), change="urgent")
    assert list(publishing.asking_for_sign_off()) == [version]
    assert "not yet checked by a clinician" in client.get(page.path).content.decode()


def test_only_the_pages_about_this_website_are_not_medical(starting_pages):
    others = Version.objects.filter(snapshot__page__is_medical=False, page__translation_of=None)
    paths = {"/privacy/", "/accessibility/", "/using-this-site-safely/"}
    assert {version.path for version in others} == paths


def test_a_line_that_is_shown_unchecked_is_told():
    Helpline.objects.create(slug="a-line", name="A line", is_published=True)
    assert "A line: It is shown, and nobody has checked it." in told()


@pytest.mark.parametrize(("days", "is_told"), [(61, False), (60, True), (0, True), (-1, True)])
def test_a_fact_that_ends_is_shown_to_editors_60_days_before(days, is_told):
    make_source(verification="seen", expires_on=timezone.localdate() + days * DAY)
    page = make_page(short_name="A page")
    add_text(page, "<p>It holds now [cdc-naloxone].</p>")
    publish_page(page)
    lists = [each for each in dashboard.items(make_staff("Editor")) if each["title"] == "Facts that expire"]
    assert bool(lists) is is_told
    if is_told:
        assert lists[0]["rows"][0]["note"].endswith("stands on A page")
        assert lists[0]["rows"][0]["is_late"] is (days < 0)


def test_an_ended_fact_that_no_page_cites_bothers_nobody():
    make_source(expires_on=timezone.localdate() - DAY)
    assert expiring_facts.due() == []


def test_the_checks_warn_of_a_fact_that_has_ended():
    make_source(verification="seen", expires_on=timezone.localdate() - DAY)
    page = make_page()
    add_text(page, "<p>It holds [cdc-naloxone].</p>")
    found = page_checks.check_version(publishing.record(page))
    assert [each.rule for each in found if each.rule == "expired-source"] == ["expired-source"]


def test_the_rule_on_telehealth_ends_with_the_year(starting_pages):
    source = Source.objects.get(slug="dea-telemed-2026")
    assert source.expires_on == date(2026, 12, 31)
    facts = expiring_facts.due(date(2026, 11, 1))
    assert [fact.source for fact in facts] == [source]
    assert "/treatment/" in [page.path for page in facts[0].pages]
    assert not expiring_facts.due(date(2026, 10, 31))
    assert Version.objects.current().exists()
