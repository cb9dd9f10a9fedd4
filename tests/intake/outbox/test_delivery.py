"""The outbox: every message is told at least once, whatever the mail server, the clock or the database do."""

import smtplib
import ssl
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from intake.models import Notification
from intake.models.outbox import lease
from intake.outbox import delivery, emails
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dana(db):
    return make_staff(email="dana@vtc.example")


def notice():
    return Notification.objects.get()


def test_notice_is_sent_once_when_the_server_takes_it(postbox):
    stored_message()
    assert delivery.deliver_due() == 1
    assert delivery.deliver_due() == 0
    assert len(postbox.mails) == 1
    assert notice().sent_at and notice().attempts == 1 and not notice().claimed_until


@pytest.mark.parametrize("answer", ["451 try later", "550 no", "421 closing"])
def test_notice_is_tried_again_with_the_same_message_id_when_the_server_says_no(postbox, clock, answer):
    stored_message()
    postbox.answer = answer
    assert delivery.deliver_due() == 0
    assert notice().sent_at is None and notice().last_error.startswith("SMTP")
    first_key = notice().mail_key
    postbox.answer = "250 OK"
    assert delivery.deliver_due() == 0, "not before its time"
    clock(seconds=31)
    assert delivery.deliver_due() == 1
    assert postbox.message_ids == [f"<{first_key}@testserver>"]


@pytest.mark.once
def test_waits_grow_from_30_seconds_to_an_hour_and_never_end(settings, clock):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    stored_message()
    waits = []
    for _ in range(80):
        delivery.deliver_due()
        wait = notice().next_try_at - timezone.now()
        waits.append(round(wait.total_seconds()))
        clock(seconds=wait.total_seconds() + 1)
    assert waits[:8] == [30, 60, 120, 240, 480, 960, 1920, 3600]
    assert set(waits[8:]) == {3600} and sum(waits) > 72 * 3600
    assert notice().last_error == "ConnectionRefusedError (ECONNREFUSED)"


def test_all_waiting_notices_go_out_when_the_server_is_back(postbox, clock):
    postbox.answer = "451 down"
    for number in range(3):
        stored_message(message=f"number {number}")
        delivery.deliver_due()
    clock(hours=70)
    delivery.deliver_due()
    postbox.answer = "250 OK"
    clock(hours=2)
    delivery.deliver_due()
    assert len(postbox.mails) == 3 and not Notification.objects.filter(sent_at=None).exists()


@pytest.mark.once
def test_every_message_of_72_hours_is_told_when_the_server_comes_back(postbox, clock):
    postbox.answer = "451 down"
    for hour in range(72):
        stored_message(message=f"hour {hour}")
        delivery.deliver_due()
        clock(hours=1)
    assert delivery.overdue().count() == 72
    postbox.answer = "250 OK"
    for _ in range(3):
        delivery.deliver_due()
        clock(minutes=9)
    assert delivery.overdue().count() == 0
    assert len(postbox.mails) <= 20


def test_one_failing_mail_ends_the_round_so_that_a_dead_server_is_asked_once(postbox, clock):
    for number in range(5):
        stored_message(message=f"number {number}")
    postbox.answer = "451 down"
    delivery.deliver_due()
    assert sorted(Notification.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]


def test_row_is_sent_after_the_lease_when_its_process_was_killed(postbox, clock):
    stored_message()
    assert delivery._claim()
    assert delivery.deliver_due() == 0, "it may still be sending"
    clock(seconds=lease().total_seconds() + 1)
    assert delivery.deliver_due() == 1
    assert postbox.message_ids == [f"<{notice().mail_key}@testserver>"]


def test_no_second_mail_goes_out_when_the_database_fails_after_the_server_took_it(
    postbox, clock, monkeypatch
):
    stored_message()
    with monkeypatch.context() as patch:
        real_update = Notification.objects._queryset_class.update

        def update(rows, **values):
            if "sent_at" in values:
                raise DatabaseError
            return real_update(rows, **values)

        patch.setattr(Notification.objects._queryset_class, "update", update)
        with pytest.raises(DatabaseError):
            delivery.deliver_due()
    assert notice().sent_at is None and len(postbox.mails) == 1
    clock(hours=1)
    assert delivery.deliver_due() == 0
    assert notice().sent_at and len(postbox.mails) == 1


def test_notice_is_due_when_the_clock_was_30_days_ahead_and_went_back(postbox, clock, settings):
    clock(days=30)
    postbox.answer = "451 down"
    stored_message()
    delivery.deliver_due()
    stored_message(message="another")
    delivery._claim()
    clock(days=-30)
    postbox.answer = "250 OK"
    assert delivery.deliver_due() == 2
    assert len(postbox.mails) == 2


def test_mails_of_a_wrong_future_do_not_count_as_sent_in_the_last_hour(postbox, clock):
    clock(days=30)
    for number in range(delivery.FREE_PER_HOUR):
        stored_message(message=f"number {number}")
    delivery.deliver_due()
    clock(days=-30)
    stored_message(message="now")
    assert delivery.deliver_due() == 1


def test_nothing_goes_out_in_clear_when_encryption_is_required_and_the_server_has_none(postbox, settings):
    settings.EMAIL_USE_TLS = True
    stored_message()
    assert delivery.deliver_due() == 0
    assert notice().last_error == smtplib.SMTPNotSupportedError.__name__
    assert not postbox.mails


def test_nothing_goes_out_when_the_certificate_is_not_trusted(settings, tmp_path):
    assert ssl.create_default_context().verify_mode == ssl.CERT_REQUIRED
    from django.core.mail import get_connection

    connection = get_connection("django.core.mail.backends.smtp.EmailBackend", use_tls=True)
    assert connection.ssl_context.verify_mode == ssl.CERT_REQUIRED and connection.ssl_context.check_hostname


def test_notice_waits_loudly_when_there_is_nobody_to_tell(postbox, dana, clock, caplog):
    dana.is_active = False
    dana.save()
    stored_message()
    assert delivery.deliver_due() == 0
    assert notice().last_error == "NoRecipientError" and "NoRecipientError" in caplog.text
    assert delivery.health()["nobody_to_tell"]
    dana.is_active = True
    dana.save()
    clock(seconds=31)
    assert delivery.deliver_due() == 1


def test_those_are_told_who_may_read_and_want_to_know(dana):
    make_staff("Owner", "owner@vtc.example")
    make_staff("Editor", "editor@vtc.example")
    make_staff(email="gone@vtc.example", is_active=False)
    make_staff(email="")
    silent = make_staff(email="silent@vtc.example")
    from intake.models import NoticePreference

    preference = NoticePreference.objects.create(user=silent, is_on=False)
    assert emails.recipients() == ["dana@vtc.example", "owner@vtc.example"]
    preference.is_on = True
    preference.save()
    assert "silent@vtc.example" in emails.recipients()


def test_message_that_was_deleted_before_sending_is_no_obstacle(postbox):
    doomed = stored_message()
    key = delivery._claim()
    doomed.delete()
    assert delivery._deliver(key) == 0
    stored_message(message="another")
    assert delivery.deliver_due() == 1


def test_notice_can_be_sent_again_as_a_new_mail(postbox):
    stored_message()
    delivery.deliver_due()
    delivery.send_again(Notification.objects.all())
    assert delivery.deliver_due() == 1
    assert len(set(postbox.message_ids)) == 2


def test_the_command_sends_all_that_wait_after_an_outage_and_says_so(postbox, clock, capsys):
    """Whatever time of a next try, or pause of a flood, was planned."""
    for number in range(delivery.FREE_PER_HOUR):
        stored_message(message=f"number {number}")
        delivery.deliver_due()
    postbox.answer = "451 later"
    for number in range(30):
        stored_message(message=f"in the outage {number}")
    clock(minutes=9)
    call_command("send_notifications", "--once")
    assert "Emails sent: 0. 30 still wait: the mail server does not take them (" in capsys.readouterr().out
    postbox.answer = "250 OK"
    assert delivery.deliver_due() == 0
    call_command("send_notifications", "--once")
    assert capsys.readouterr().out == "Emails sent: 1. No notice to staff waits any more.\n"
    assert "30 messages are waiting" in postbox.mails[-1].content.decode()


@pytest.mark.parametrize(
    ("kind", "attempts", "ahead"),
    [("new", 0, {"minutes": 30}), ("new", 3, {"minutes": 90}), ("danger", 3, {"minutes": 5})],
)
def test_a_time_that_a_wrong_clock_wrote_holds_up_nothing(postbox, kind, attempts, ahead):
    stored_message()
    Notification.objects.update(
        kind=kind, attempts=attempts, next_try_at=timezone.now() + timedelta(**ahead), last_error="Error"
    )
    assert delivery.deliver_due() == 1
