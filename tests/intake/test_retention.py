"""Old messages go by themselves, as staff have set it, and nothing else does."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from intake import retention
from intake.models import Canary, DailyChore, DailyCount, IntakeSettings, Notification, Submission
from tests.support.disk import bytes_on_disk
from tests.support.messages import stored_message
from tests.support.staff import make_staff

Status = Submission.Status


def message(status, days_ago, *, is_told=True, **fields):
    """Store a message whose last change was so many days ago."""
    submission = stored_message(message=f"{status} {days_ago} {fields}")
    then = timezone.now() - timedelta(days=days_ago, minutes=1)
    Submission.objects.filter(pk=submission.pk).update(
        **{"status": status, "received_at": then, "status_changed_at": then, "due_at": then, **fields}
    )
    if is_told:
        submission.notifications.update(sent_at=then)
    return submission


def days(**days):
    IntakeSettings.objects.update_or_create(pk=1, defaults=days)


def left():
    return set(Submission.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_nothing_is_deleted_as_long_as_staff_have_set_no_days():
    message(Status.CLOSED, 9999)
    assert retention.purge().total() == 0
    assert len(left()) == 1


@pytest.mark.django_db
def test_each_status_goes_after_its_own_days():
    days(keep_open_days=365, keep_finished_days=90, keep_spam_days=30)
    old = [message(status, 366) for status in Status.claimable()]
    old += [message(Status.CLOSED, 91)] + [message(status, 31) for status in Status.spam()]
    young = [message(status, 364) for status in Status.claimable()]
    young += [message(Status.CLOSED, 89)] + [message(status, 29) for status in Status.spam()]
    counts = retention.purge()
    assert left() == {submission.pk for submission in young}
    assert counts.total() == len(old) == Notification.objects.count()
    assert {*Status.claimable(), Status.CLOSED, *Status.spam()} == set(Status)


@pytest.mark.django_db
def test_message_stays_when_it_is_kept_or_staff_were_never_told():
    days(keep_finished_days=1)
    kept = message(Status.CLOSED, 5, is_on_hold=True)
    untold = message(Status.CLOSED, 6, is_told=False)
    message(Status.CLOSED, 7)
    retention.purge()
    assert left() == {kept.pk, untold.pk}


@pytest.mark.django_db
def test_command_counts_by_status_and_deletes_nothing_on_a_dry_run():
    days(keep_finished_days=1, keep_spam_days=1)
    message(Status.CLOSED, 5)
    message(Status.SPAM, 5)
    out = StringIO()
    call_command("purge_submissions", "--dry-run", stdout=out)
    assert "Closed: 1 would be deleted" in out.getvalue() and "Total: 2 would be" in out.getvalue()
    assert len(left()) == 2
    call_command("purge_submissions", stdout=out)
    assert "Total: 2 deleted" in out.getvalue()
    assert not left()


@pytest.mark.django_db
def test_thread_purges_once_a_day(monkeypatch):
    purged = []
    monkeypatch.setattr(retention, "purge", lambda: purged.append(True))
    retention.purge_daily()
    assert not purged, "the first day is there to look"
    DailyChore.objects.update(done_at=timezone.now() - timedelta(hours=25))
    retention.purge_daily()
    retention.purge_daily()
    assert len(purged) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [30, -30])
def test_nothing_is_deleted_when_the_clock_jumps(monkeypatch, jump):
    purged = []
    monkeypatch.setattr(retention, "purge", lambda: purged.append(True))
    DailyChore.objects.create(name="purge", done_at=timezone.now() - timedelta(days=jump))
    retention.purge_daily()
    retention.purge_daily()
    assert not purged


@pytest.mark.django_db
def test_tallies_of_other_days_are_thrown_away():
    today = timezone.localdate()
    for day in (today, today - timedelta(days=1)):
        DailyCount.objects.create(day=day, key_hash="x", count=1)
    DailyChore.objects.create(name="purge", done_at=timezone.now() - timedelta(hours=25))
    retention.purge_daily()
    assert [row.day for row in DailyCount.objects.all()] == [today]


on_files = pytest.mark.skipif("connection.vendor != 'sqlite'")


def ciphertexts():
    """Return the end of every encrypted text about messages, as the database keeps it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT message FROM intake_submission UNION SELECT name FROM intake_submission"
            " UNION SELECT phone FROM intake_submission UNION SELECT text FROM intake_note"
        )
        return [token.encode()[-60:] for (token,) in cursor.fetchall() if token]


def is_on_disk(tokens):
    content = bytes_on_disk()
    return [token in content for token in tokens]


@pytest.mark.django_db(transaction=True)
@on_files
def test_ciphertext_is_in_no_database_file_after_a_purge():
    days(keep_finished_days=1)
    message(Status.CLOSED, 5).notes.create(text="canary note")
    tokens = ciphertexts()
    assert len(tokens) == 4 and all(is_on_disk(tokens))
    retention.purge()
    assert not any(is_on_disk(tokens))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@on_files
@pytest.mark.parametrize("is_action", [False, True], ids=["one", "from the list"])
def test_ciphertext_is_in_no_database_file_after_an_owner_deleted_it(client, is_action):
    doomed = stored_message()
    doomed.notes.create(text="canary note")
    tokens = ciphertexts()
    assert len(tokens) == 4 and all(is_on_disk(tokens))
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    if is_action:
        address = reverse("admin:intake_submission_changelist")
        what = {"action": "delete_selected", "_selected_action": doomed.pk, "post": "yes"}
    else:
        address, what = reverse("admin:intake_submission_delete", args=[doomed.pk]), {"post": "yes"}
    assert client.post(address, what).status_code == 302
    assert not left()
    assert not any(is_on_disk(tokens))


@pytest.mark.django_db
def test_everything_about_a_message_goes_with_it():
    days(keep_finished_days=1)
    dana, doomed = make_staff(), message(Status.CLOSED, 5)
    doomed.notes.create(text="canary note", author=dana)
    doomed.attempts.create(author=dana)
    doomed.events.create(author=dana)
    doomed.presences.create(user=dana)
    doomed.additions.create(kind="text", text="canary addition")
    doomed.copy_references.create()
    doomed.wishes.create(voicemail="none")
    doomed.contact_details.create(kind="phone", value="canary")
    doomed.agreements.create(way="call")
    doomed.replies.create(
        to="canary", subject="canary", body="canary", notification=doomed.notifications.get()
    )
    related = [relation.related_model for relation in Submission._meta.related_objects]
    related.remove(Canary)  # the proof that the path works outlives its message, and knows nothing of it
    assert [model.objects.count() for model in related] == [1] * len(related)
    retention.purge()
    assert [model.objects.count() for model in related] == [0] * len(related)


@pytest.mark.django_db
def test_form_says_the_days_that_are_set_and_no_others(client):
    assert "delete it" not in client.get("/contact/").content.decode()
    days(keep_finished_days=90, keep_open_days=1)
    page = client.get("/contact/").content.decode()
    assert "We delete it 90 days after we are done." in page
    assert "If we never reach you, we delete it 1 day after it arrived." in page
    assert "But not before our answer was due for 30 days." in page


@pytest.mark.django_db(transaction=True)
@on_files
def test_a_log_that_somebody_reads_is_told_and_emptied_by_the_next_deletion(caplog):
    days(keep_finished_days=1)
    message(Status.CLOSED, 5)
    tokens = ciphertexts()
    reader = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    with closing(reader), connection.cursor() as cursor:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM intake_submission").fetchone()
        cursor.execute("PRAGMA busy_timeout = 10")
        try:
            retention.purge()
        finally:
            cursor.execute("PRAGMA busy_timeout = 5000")
        assert "still in the database's log" in caplog.text
        assert any(is_on_disk(tokens))
        reader.execute("COMMIT")
    message(Status.CLOSED, 5)
    retention.purge()
    assert not any(is_on_disk(tokens))


@pytest.mark.django_db
@pytest.mark.parametrize("status", [*Status.claimable(), Status.SUSPECTED])
def test_an_open_message_outlives_its_promise_by_thirty_days(status):
    days(keep_open_days=14, keep_spam_days=14)
    now = timezone.now()
    promised = message(status, 40, promised_by=now - timedelta(days=29))
    waiting = message(status, 41, due_at=now - timedelta(days=29))
    message(status, 42, promised_by=now - timedelta(days=31))
    retention.purge()
    assert left() == {promised.pk, waiting.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["keep_open_days", "keep_finished_days", "keep_spam_days"])
def test_less_than_two_weeks_cannot_be_set(client, name):
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    address = reverse("admin:intake_intakesettings_changelist")
    page = client.get(address, follow=True).redirect_chain[-1][0]
    answer = client.post(page, {name: "13", "alarm_percent": "50", "is_confirmed": "yes"})
    assert "greater than or equal to 14" in answer.content.decode()


@pytest.mark.django_db
def test_an_owner_sees_how_many_messages_new_days_concern_before_they_count(client):
    message(Status.CLOSED, 50)
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    address = reverse("admin:intake_intakesettings_changelist")
    page = client.get(address, follow=True).redirect_chain[-1][0]
    answer = client.post(page, {"keep_finished_days": "30", "alarm_percent": "50"})
    assert "<strong>1 message</strong> would be deleted" in answer.content.decode()
    retention.purge()
    assert len(left()) == 1
