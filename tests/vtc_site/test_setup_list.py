"""Owners see what is missing before they open, and prove with a button that mail and messages arrive."""

from datetime import time, timedelta
from time import time as system_clock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.models import Clinic
from intake.models import Canary, IntakeSettings, OfficeHours
from intake.outbox import canary, delivery, emails
from intake.receiving import readiness
from tests.support.messages import stored_message
from tests.support.staff import make_clinician, make_staff, with_app
from vtc_site import health, named_people, setup_list, start_page
from vtc_site.canary import send_wanted
from vtc_site.models import BackupRecord

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def owner(client):
    user = make_staff("Owner")
    client.force_login(user)
    return user


def states():
    return {point.title: point.state for group in setup_list.groups() for point in group.points}


def set_everything_up(owner, settings):
    settings.STAFF_SECOND_FACTOR = True
    with_app(owner)
    OfficeHours.objects.create(weekday=0, opens_at=time(9), closes_at=time(17))
    IntakeSettings(
        reply_time="We answer within a day.",
        second_person=owner,
        tries=3,
        caller_id="our number",
        keep_open_days=90,
        keep_finished_days=90,
        keep_spam_days=30,
        is_danger_guide_confirmed=True,
        can_delete=True,
    ).save()
    Clinic(phone="(818) 555-0100").save()
    now = timezone.now()
    Canary.objects.create(wanted_at=now, launched_at=now, received_at=now, mailed_at=now)
    BackupRecord.objects.create(rows=1)


def test_fresh_owner_sees_what_is_missing_and_what_that_does(client, owner, starting_pages):
    text = client.get("/admin/setup/").content.decode()
    for title in ("Office hours", "Time until you answer", "Clinic phone", "A test message came through"):
        assert states()[title] == setup_list.State.MISSING and title in text
    assert "Nobody has tried whether a message reaches you." in text
    assert "without a clinician’s sign-off" in text and "stop you from opening" in text
    start = client.get("/admin/").content.decode()
    assert "Before you open" in start and "People are promised no time" in start


def test_list_goes_away_when_all_is_done_and_comes_back_when_something_breaks(
    client, owner, settings, monkeypatch
):
    set_everything_up(owner, settings)
    monkeypatch.setattr("content.publishing.launch.open_points", list)
    assert set(states().values()) == {setup_list.State.DONE}
    assert start_page._setup(owner) is None
    BackupRecord.objects.update(finished_at=timezone.now() - timedelta(days=3))
    assert states()["Backup"] == setup_list.State.MISSING
    assert "The last backup is 3 days old" in str(start_page._setup(owner)["missing"])
    BackupRecord.objects.update(finished_at=timezone.now())
    monkeypatch.setattr(health, "disk_is_low", lambda: "Only 3 MiB are free.")
    assert [point.text for point in start_page._setup(owner)["missing"]] == ["Only 3 MiB are free."]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"is_active": False}, "the account is turned off"),
        ({"email": ""}, "it has no email address"),
        ({}, "its role is not Intake or Owner"),
    ],
)
def test_second_person_who_gets_no_alarm_is_missing(owner, change, says):
    dana = make_staff(email="dana@vtc.example")
    IntakeSettings(second_person=dana).save()
    assert states()["A second person for alarms"] == setup_list.State.DONE
    get_user_model().objects.filter(pk=dana.pk).update(**change)
    if not change:
        dana.groups.set(Group.objects.filter(name="Editor"))
    assert states()["A second person for alarms"] == setup_list.State.MISSING
    [point] = [p for group in setup_list.groups() for p in group.points if p.title.startswith("A second")]
    assert f"{dana} is chosen and gets no alarm: {says}." in point.text
    assert emails.second_people() == [owner.email]


def test_everybody_else_who_is_named_is_looked_at_too(owner):
    title = "People who are named can do it"
    clinician, dana = make_clinician(), make_staff(email="dana@vtc.example")
    assert states()[title] == setup_list.State.DONE
    get_user_model().objects.filter(pk=dana.pk).update(email="")
    get_user_model().objects.filter(pk=owner.pk).update(email="")
    clinician.user.groups.clear()
    found = named_people.troubles()
    assert len(found) == 4 and states()[title] == setup_list.State.MISSING
    assert found[0].startswith("No owner has")
    assert f"{dana} answers messages and gets no notice: the account has no email address." in found
    assert "can’t sign off" in found[3] and "its role is not Reviewer or Owner" in found[3]


def test_test_email_goes_to_who_pressed_the_button(client, owner, postbox):
    answer = client.post("/admin/setup/", {"act": "mail"}, follow=True)
    assert postbox.recipients == [owner.email]
    assert "The mail server took it." in answer.content.decode()


def test_test_email_that_is_refused_says_so(client, owner, postbox):
    postbox.answer = "554 no"
    answer = client.post("/admin/setup/", {"act": "mail"}, follow=True)
    assert "The mail server did not take it: SMTPDataError (554)" in answer.content.decode()


def test_test_message_is_watched_until_it_arrives(client, owner, postbox):
    client.post("/admin/setup/", {"act": "message"})
    text = client.get("/admin/setup/").content.decode()
    assert "on its way" in text and "data-waits" in text
    send_wanted()
    assert "Stored and recognized as a test" in client.get("/admin/setup/").content.decode()
    delivery.deliver_due()
    canary.conclude()
    text = client.get("/admin/setup/").content.decode()
    assert "Taken by the mail server" in text and "data-waits" not in text
    assert postbox.recipients == [owner.email]
    assert states()["A test message came through"] == setup_list.State.DONE


def test_start_page_shows_tasks_and_folds_the_table_below(client, owner, starting_pages):
    text = client.get("/admin/").content.decode()
    titles = ["Needs someone now", "My work", "Pages", "Setup", "Records", "Everything, in one table"]
    places = [text.index(f">{title}<") for title in titles]
    assert places == sorted(places)
    assert text.index('class="start-all"') < text.index("app-content")


def test_start_page_costs_the_same_whatever_there_is(client, owner, starting_pages, monkeypatch):
    monkeypatch.setattr(readiness, "fresh_problem", str)  # asks again by the clock
    now = system_clock()  # stands still: a second ends what is remembered, a minute writes the session again
    monkeypatch.setattr("time.time", lambda: now)
    stored_message(message="first")
    client.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        client.get("/admin/")
    for number in range(5):
        stored_message(message=f"number {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/")
    assert len(many) <= len(few) < 80


def test_what_a_lawyer_confirms_is_on_the_list(owner):
    missing = states()
    assert missing["Rules for messages that speak of danger"] == setup_list.State.MISSING
    assert missing["Senders can delete their own message"] == setup_list.State.LOOK
    IntakeSettings(is_danger_guide_confirmed=True, can_delete=True).save()
    assert set(states().values()) >= {setup_list.State.DONE}
    assert states()["Senders can delete their own message"] == setup_list.State.DONE


def test_each_link_of_a_new_installation_leads_to_its_screen(owner, client):
    """Nothing is filled in yet, so the one record of the clinic and that of the settings may not exist."""
    for link in {point.link for group in setup_list.groups() for point in group.points if point.link}:
        answer = client.get(link, follow=True)
        assert answer.status_code == 200 and answer.request["PATH_INFO"] != "/admin/", link
