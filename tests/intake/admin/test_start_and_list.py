"""The start page opens on what needs action; a call typed in enters the same queue; queries are constant."""

from datetime import time, timedelta
from time import time as system_clock

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake import dashboard, reply_times
from intake.models import IntakeSettings, Notification, OfficeHours, Submission, TimelineEvent
from intake.outbox import escalation
from intake.staff import workflow
from tests.support.messages import filled_in, stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
ADD = reverse("admin:intake_submission_add")
LIST = reverse("admin:intake_submission_changelist")
HOUR = timedelta(hours=1)


@pytest.fixture
def dana():
    return make_staff(email="dana@vtc.example")


def lists(user):
    """Return the titles of the start page with the references, or texts, under each; hours are set."""
    return {each["title"]: [row["text"] for row in each["rows"]] for each in dashboard.items(user)}


@pytest.fixture(autouse=True)
def hours():
    for day in range(7):
        OfficeHours.objects.create(weekday=day, opens_at=time(0), closes_at=time(23, 59))


def message(number, **fields):
    submission = stored_message(message=str(number))
    Submission.objects.filter(pk=submission.pk).update(**fields)
    return submission


def test_oldest_promise_stands_first_and_late_is_said_in_words(dana):
    now = timezone.now()
    soon, late = message(1, promised_by=now + HOUR), message(2, promised_by=now - HOUR)
    unpromised = message(3, received_at=now + 2 * HOUR)
    [due] = dashboard.items(dana)
    assert [row["text"] for row in due["rows"]] == [m.spoken_reference for m in (late, soon, unpromised)]
    assert [row["is_late"] for row in due["rows"]] == [True, False, False]
    assert due["rows"][0]["note"].startswith("Overdue since")
    assert due["intro"] == "1 overdue, shown in red."


def test_a_later_call_back_is_hidden_until_it_is_due(dana):
    submission = message(1)
    workflow.log_attempt(
        submission, by=dana, channel="call", outcome="no-answer", next_due_at=timezone.now() + HOUR
    )
    assert lists(dana) == {"Claimed by me": ["1 for later"]}
    Submission.objects.update(due_at=timezone.now())
    assert lists(dana) == {"Claimed by me": [submission.spoken_reference]}
    ben = make_staff(email="ben@vtc.example")
    assert lists(ben) == {}
    Submission.objects.update(due_at=timezone.now() - 2 * HOUR)
    assert lists(ben) == {"Needs action now": [submission.spoken_reference]}  # a colleague's, left alone


def test_what_waits_for_me_is_not_hidden_behind_what_is_only_not_closed(dana, monkeypatch):
    monkeypatch.setattr(dashboard, "MAX_ROWS", 2)
    now = timezone.now()
    for number in range(3):
        message(number, status="reached", claimed_by=dana, due_at=now - HOUR / 2)
    waiting = message(4, status="claimed", claimed_by=dana, promised_by=now - HOUR)
    [mine] = dashboard.items(dana)
    assert mine["rows"][0]["text"] == waiting.spoken_reference
    assert (len(mine["rows"]), mine["count"]) == (2, 4)


def test_the_start_page_says_how_many_there_are_and_where_the_rest_is(dana, client, monkeypatch):
    monkeypatch.setattr(dashboard, "MAX_ROWS", 2)
    now = timezone.now()
    for number in range(5):
        message(number, promised_by=now - HOUR)
    [due] = dashboard.items(dana)
    assert (due["count"], due["intro"]) == (5, "5 overdue, shown in red.")
    client.force_login(dana)
    page = client.get("/admin/").content.decode()
    assert f'<a href="{LIST}?due=now">All 5</a>' in page


def test_the_list_and_the_start_page_have_one_order(dana, client):
    now = timezone.now()
    message(1, promised_by=now + HOUR)
    message(2, promised_by=now - HOUR)
    message(3, status="tried", due_at=now - 2 * HOUR)
    message(4, promised_by=None, received_at=now - HOUR / 2)
    client.force_login(dana)
    on_list = client.get(LIST, {"due": "now"}).context["cl"].result_list
    [due] = dashboard.items(dana)
    assert [row["reference"] for row in due["rows"]] == [row.reference for row in on_list]
    assert [row.message for row in on_list] == ["3", "2", "4", "1"]


def test_missing_office_hours_are_a_red_line(dana):
    OfficeHours.objects.all().delete()
    [missing] = dashboard.items(dana)
    assert missing["title"] == "Not set up yet" and missing["rows"][0]["is_late"]


def test_what_is_handed_to_me_is_marked_until_i_open_it(dana, client):
    ben, submission = make_staff(email="ben@vtc.example"), message(1)
    workflow.hand_over(submission, to=dana, by=ben)
    assert "handed to you" in dashboard.items(dana)[0]["rows"][0]["note"]
    client.force_login(dana)
    client.get(reverse("admin:intake_submission_change", args=[submission.pk]))
    assert "handed to you" not in dashboard.items(dana)[0]["rows"][0]["note"]


def test_what_will_be_deleted_within_a_week_is_listed(dana, client):
    IntakeSettings(keep_finished_days=30).save()
    doomed, other = message(1, status="closed"), message(2, status="closed")
    Notification.objects.update(sent_at=timezone.now())
    Submission.objects.filter(pk=doomed.pk).update(status_changed_at=timezone.now() - timedelta(days=25))
    assert lists(dana) == {"To be deleted": ["1 message within a week: look first, and keep what you need"]}
    client.force_login(dana)
    page = client.get(LIST, {"due": "deleted-soon"}).content.decode()
    assert doomed.reference in page and other.reference not in page


def test_spam_and_failed_notices_are_counted(dana):
    message(1, status="suspected")
    Notification.objects.update(created_at=timezone.now() - HOUR)
    assert lists(dana) == {
        "Failed notices": ["1 notice waiting for more than 15 minutes: see why and send again"],
        "Suspected spam": ["1 message to review"],
    }


def test_people_without_messages_see_none_of_it():
    message(1)
    assert dashboard.items(make_staff("Editor", "eddie@vtc.example")) == []


def test_start_page_names_no_person(client, dana):
    stored_message(name="Canary", message="canary")
    client.force_login(dana)
    page = client.get("/admin/").content.decode()
    assert "Needs action now" in page
    assert "anary" not in page and "555-0100" not in page


@pytest.mark.parametrize("address", ["/admin/", LIST])
def test_queries_do_not_grow(client, dana, django_assert_num_queries, address):
    client.force_login(dana)
    message(0, claimed_by=dana, status="claimed")
    message(1)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(2, 12):
        message(number, claimed_by=dana if number % 2 else None)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_list_can_be_sorted_only_where_an_index_helps(client, dana):
    client.force_login(dana)
    message(1)
    head = client.get(LIST).content.decode().split("<thead>")[1].split("</thead>")[0]
    assert head.count('class="sortable ') == 3


@pytest.mark.parametrize("status", ["claimed", "tried", "reached", "referred"])
def test_list_shows_what_a_colleague_holds(client, dana, status):
    client.force_login(dana)
    ben = make_staff(email="ben@vtc.example")
    held, free = message(1, status=status, claimed_by=ben), message(2)
    page = client.get(LIST, {"holder": "colleague"}).content.decode()
    assert held.reference in page and free.reference not in page


# --- Typed in ----------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, dana):
    client.force_login(dana)
    return client


def test_a_call_typed_in_enters_the_queue_with_a_promise_and_a_notice(desk):
    IntakeSettings(reply_minutes=60).save()
    reply_times.remember_offered_times()
    answer = desk.post(ADD, filled_in())
    submission = Submission.objects.get()
    assert answer.headers["Location"] == reverse("admin:intake_submission_change", args=[submission.pk])
    assert submission.is_logged_by_staff and submission.promised_by and submission.status == "new"
    assert Notification.objects.count() == 1
    event = TimelineEvent.objects.get()
    assert (event.kind, event.author_name) == (TimelineEvent.Kind.LOGGED, "dana@vtc.example")


def test_a_call_that_cannot_be_stored_is_shown_again(desk, monkeypatch, caplog):
    def broken(*args, **options):
        raise OperationalError("canary detail")

    with monkeypatch.context() as patch:
        patch.setattr(Submission.objects.__class__, "bulk_create", broken)
        answer = desk.post(ADD, filled_in(message="What they said on the phone"))
    page = answer.content.decode()
    assert answer.status_code == 503 and "This call could not be saved" in page
    assert "What they said on the phone</textarea>" in page and 'value="Sam Rivers"' in page
    assert "A call could not be stored: OperationalError" in caplog.text and "canary" not in caplog.text
    assert desk.post(ADD, filled_in(message="What they said on the phone")).status_code == 302


def test_the_form_asks_about_the_person_and_no_browser_keeps_them(desk):
    page = desk.get(ADD).content.decode()
    assert "How should we reach them?" in page and "Your name" not in page
    assert 'autocomplete="tel"' not in page and "leave_this_empty" not in page


def test_what_is_missing_is_asked_for_and_nothing_is_lost(desk):
    answer = desk.post(ADD, filled_in(phone="", message="Canary"))
    assert answer.status_code == 422 and "Canary" in answer.content.decode()
    assert not Submission.objects.exists()


def test_editors_type_nothing_in(client):
    client.force_login(make_staff("Editor", "eddie@vtc.example"))
    assert client.get(ADD).status_code == client.post(ADD, filled_in()).status_code == 403


def many(number, **fields):
    """Store `number` open messages at once."""
    usual = {"reply_by": "call", "language": "en", "reason": "treatment"}
    Submission.objects.bulk_create(Submission(**usual, **fields) for _ in range(number))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself after a minute


def test_a_thousand_open_messages_take_no_more_queries_than_one(
    client, dana, django_assert_num_queries, monkeypatch
):
    now = system_clock()  # stands still: a second ends what is remembered, a minute writes the session again
    monkeypatch.setattr("time.time", lambda: now)
    client.force_login(dana)
    late = {"promised_by": timezone.now() - HOUR, "alarm_at": timezone.now() - HOUR}
    places = ["/admin/", LIST, f"{LIST}?due=now", f"{LIST}?due=overdue"]
    many(1, **late)
    many(1, **late, claimed_by=dana, status="claimed")
    few = {}
    for each in places:
        client.get(each)
        cache.clear()  # the office hours are remembered for a second
        with CaptureQueriesContext(connection) as few[each]:
            client.get(each)
    cache.clear()
    with CaptureQueriesContext(connection) as few["alarm"]:
        assert escalation.raise_due() == 2
    Notification.objects.all().delete()
    many(500, **late)
    many(500, **late, claimed_by=dana, status="claimed")
    for each in places:
        cache.clear()
        with django_assert_num_queries(len(few[each])):
            client.get(each)
    cache.clear()
    with CaptureQueriesContext(connection) as alarm:
        assert escalation.raise_due() == 1002
    assert len(alarm) <= len(few["alarm"]) + 20  # SQLite takes rows in batches of a hundred
