"""In a flood few mails announce all messages, in time, also after an outage of the mail server."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, connections

from intake.models import Notification
from intake.outbox import delivery
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dana(db):
    return make_staff(email="dana@vtc.example")


@pytest.mark.once
def test_flood_becomes_few_mails_and_every_message_is_told(postbox, clock):
    for number in range(300):
        stored_message(message=f"number {number}")
    for _ in range(60):
        delivery.deliver_due()
        clock(minutes=1)
    assert len(postbox.mails) <= 20
    assert not Notification.objects.filter(sent_at=None).exists()
    assert "300 messages are waiting" in postbox.mails[0].content.decode()


def test_no_more_than_20_mails_an_hour_go_out_when_a_flood_goes_on(postbox, clock):
    for minute in range(180):
        stored_message(message=f"number {minute}")
        delivery.deliver_due()
        clock(minutes=1)
    clock(minutes=8)
    delivery.deliver_due()
    assert len(postbox.mails) <= 60 and not Notification.objects.filter(sent_at=None).exists()
    for start in Notification.objects.values_list("sent_at", flat=True):
        hour = Notification.objects.filter(sent_at__gte=start, sent_at__lt=start + timedelta(hours=1))
        assert hour.values("mail_key").distinct().count() <= 20


def test_nobody_waits_for_a_digest_as_long_as_the_alarm(clock):
    assert delivery.DIGEST_PAUSE < delivery.ALARM_AFTER


def test_digest_keeps_its_message_id_and_its_messages_when_it_is_tried_again(postbox, clock):
    for number in range(delivery.FREE_PER_HOUR + 5):
        stored_message(message=f"number {number}")
    postbox.answer = "451 down"
    delivery.deliver_due()
    [key] = set(Notification.objects.filter(sent_at=None).values_list("mail_key", flat=True))
    stored_message(message="later")
    postbox.answer = "250 OK"
    clock(minutes=2)
    delivery.deliver_due()
    assert postbox.message_ids[0] == f"<{key}@testserver>"
    assert "15 messages are waiting" in postbox.mails[0].content.decode()
    assert not Notification.objects.filter(sent_at=None).exists()


def test_after_an_outage_in_a_flood_one_mail_announces_all_that_wait(postbox, clock):
    postbox.answer = "451 down"
    for count in (12, 30, 90):  # each group was put together at another failed try
        for number in range(count):
            stored_message(message=f"number {count} {number}")
        Notification.objects.filter(attempts=0).update(mail_key=uuid.uuid4(), attempts=1)
    clock(minutes=20)
    postbox.answer = "250 OK"
    delivery.deliver_due()
    assert "132 messages are waiting" in postbox.mails[0].content.decode()
    assert not Notification.objects.filter(sent_at=None).exists()


def test_what_waited_through_an_outage_waits_for_no_pause_of_a_flood_and_counts_as_no_failure(postbox, clock):
    for number in range(delivery.FREE_PER_HOUR):
        stored_message(message=f"number {number}")
        delivery.deliver_due()
    clock(minutes=9)
    for count, tries in ((30, 3), (20, 2)):  # the first group goes out again as it was
        for number in range(count):
            stored_message(message=f"number {count} {number}")
        late = {"mail_key": uuid.uuid4(), "attempts": tries, "last_error": "SMTPRecipientsRefused"}
        Notification.objects.filter(attempts=0).update(**late)
    clock(minutes=9)
    assert delivery.health()["failed"] == 50
    delivery._deliver(delivery._claim())
    assert delivery.health()["failed"] == delivery.health()["refused_addresses"] == 0
    assert delivery.deliver_due() == 1 and not Notification.objects.filter(sent_at=None).exists()
    assert "20 messages are waiting" in postbox.mails[-1].content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_digest_is_not_taken_while_another_process_takes_it(postbox, clock):
    key = uuid.uuid4()
    for number in range(2):
        stored_message(message=f"number {number}")
    Notification.objects.update(mail_key=key, attempts=1)
    connection.cursor().execute("SET lock_timeout = '2s'")  # fails instead of waiting forever
    other = connections.create_connection("default")
    other.set_autocommit(False)
    try:
        other.cursor().execute("SELECT id FROM intake_notification ORDER BY id LIMIT 1 FOR UPDATE")
        assert delivery.deliver_due() == 0 and postbox.mails == []
    finally:
        other.close()
        connection.cursor().execute("RESET lock_timeout")
    assert delivery.deliver_due() == 1
    assert not Notification.objects.filter(sent_at=None).exists()
