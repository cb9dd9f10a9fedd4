"""The same message is one row, however often and however fast it arrives; another message is another row."""

import threading
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.test import Client
from django.utils import timezone

from intake.models import Notification, Status, Submission
from intake.receiving import own_message
from intake.receiving.storing import REPEAT_WINDOW
from tests.support.messages import filled_in, stored_message

COPIES = 20


@pytest.mark.django_db
def test_second_tap_gets_the_same_thank_you_page_and_no_second_row(client):
    first, second = (client.post("/contact/", filled_in()) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert Submission.objects.count() == Notification.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("old_rows", [0, 1])
def test_one_row_is_stored_when_twenty_copies_arrive_at_once(old_rows):
    if old_rows:
        stored_message()
        Submission.objects.update(received_at=timezone.now() - 2 * REPEAT_WINDOW)
    start, answers = threading.Barrier(COPIES), []

    def send():
        start.wait()
        answers.append(Client().post("/contact/", filled_in(), REMOTE_ADDR="203.0.113.9"))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(COPIES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [303] * COPIES
    assert Submission.objects.count() == Notification.objects.count() == old_rows + 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"message": "Another question"}, {"phone": "818 555 0199"}, {"voicemail": "full"}]
)
def test_two_rows_are_stored_when_one_field_differs(change):
    assert stored_message().pk != stored_message(**change).pk


@pytest.mark.django_db
def test_same_words_are_a_new_message_when_the_window_is_over():
    first = stored_message()
    Submission.objects.update(received_at=timezone.now() - REPEAT_WINDOW - timedelta(minutes=1))
    assert stored_message().pk != first.pk
    assert stored_message().pk != first.pk
    assert Submission.objects.count() == 2


@pytest.mark.django_db
def test_same_words_are_a_new_message_when_the_clock_was_far_ahead_before():
    first = stored_message()
    Submission.objects.update(received_at=timezone.now() + timedelta(days=30))
    assert stored_message().pk != first.pk


@pytest.mark.django_db
@pytest.mark.parametrize("status", Status.values)
def test_same_words_are_a_new_message_once_staff_have_acted_on_the_first(client, status):
    """Also when they tried in vain: the next try may be days away, and nobody would hear of this one."""
    first = stored_message()
    Submission.objects.update(status=status)
    client.post("/contact/", filled_in())
    is_new = status not in Status.untried()
    assert Submission.objects.exclude(pk=first.pk).filter(status=Status.NEW).count() == is_new
    assert Notification.objects.count() == 1 + is_new


@pytest.mark.django_db
def test_same_words_are_a_new_message_once_the_sender_called_the_first_off():
    first = stored_message()
    own_message.add(own_message.with_reference(first.reference), is_called_off=True)
    second = stored_message()
    assert second.pk != first.pk and second.sent_reference != first.reference
    assert stored_message().pk == second.pk  # a second tap is one again, although the wish still stands


@pytest.mark.django_db
def test_same_words_are_a_new_message_once_the_sender_deleted_the_first_before_anybody_read_its_alarm():
    first = stored_message(danger="suicide")
    own_message.delete(own_message.with_reference(first.reference))
    assert Submission.objects.filter(pk=first.pk).exists()  # emptied, for its alarm
    assert stored_message().pk != first.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        {"message": "Never mind"},
        {"phone": "818 555 0199"},
        {"phone": "", "email": "s@example.org", "reply_by": "email"},
    ],
)
def test_same_words_take_back_what_the_person_sent_in_between(other):
    first, between, third = stored_message(), stored_message(**other), stored_message()
    assert len({first.pk, between.pk, third.pk}) == 3
    assert stored_message().pk == third.pk
    assert stored_message(**other).pk not in (first.pk, between.pk, third.pk)


@pytest.mark.django_db
def test_what_another_person_sent_in_between_makes_no_second_row():
    first = stored_message()
    stored_message(message="A stranger", phone="818 555 0199")
    assert stored_message().pk == first.pk


@pytest.mark.django_db
def test_a_copy_that_looks_like_spam_again_makes_no_second_row(client):
    for _ in range(2):
        client.post("/contact/", filled_in(leave_this_empty="x"))
    assert Submission.objects.get().status == Status.SUSPECTED


@pytest.mark.django_db
def test_copy_is_recognized_when_a_new_key_came_in_between(settings):
    first = stored_message()
    settings.FIELD_ENCRYPTION_KEYS = [
        "bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleTA=",
        *settings.FIELD_ENCRYPTION_KEYS,
    ]
    assert stored_message().pk == first.pk


@pytest.mark.django_db
def test_another_reference_is_drawn_when_one_is_taken(monkeypatch):
    field = Submission._meta.get_field("reference")
    drawn = iter(["KD7MR4TB", "KD7MR4TB", "AB3CD4EF"])
    monkeypatch.setattr(field, "_get_default", lambda: next(drawn))
    assert stored_message(message="one").reference == "KD7MR4TB"
    assert stored_message(message="two").reference == "AB3CD4EF"
    assert Notification.objects.count() == 2


@pytest.mark.django_db
def test_storing_takes_the_same_few_queries_however_many_messages_there_are(django_assert_max_num_queries):
    stored_message()
    with django_assert_max_num_queries(12):
        stored_message(message="another")


@pytest.mark.django_db
def test_copy_is_recognized_after_a_change_of_keys(client, settings):
    client.post("/contact/", filled_in())
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_ENCRYPTION_KEYS]
    assert client.post("/contact/", filled_in()).status_code == 303
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_storing_costs_a_row_a_look_a_notice_and_a_tally(client, django_assert_num_queries):
    client.post("/contact/", filled_in())
    savepoint, terms = 2, int(connection.vendor == "postgresql")
    with django_assert_num_queries(savepoint + terms + 4):
        client.post("/contact/", filled_in(message="Another"), REMOTE_ADDR="203.0.113.9")


@pytest.mark.django_db
def test_the_database_never_refuses_a_copy_itself_for_its_log_would_keep_the_text():
    refused = []

    def watch(execute, sql, *args):
        try:
            return execute(sql, *args)
        except Exception:
            refused.append(sql)
            raise

    with connection.execute_wrapper(watch):
        assert stored_message().pk == stored_message().pk
    assert refused == [] and Submission.objects.count() == 1
