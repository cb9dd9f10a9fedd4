"""A test message goes the whole way of a real one, leaves nothing behind, and alarms when it is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.models import Canary, DailyChore, Notification, Submission
from intake.outbox import canary, delivery
from intake.receiving import storing
from tests.support.messages import filled_in
from tests.support.staff import make_staff
from vtc_site import health
from vtc_site.canary import send_wanted

pytestmark = pytest.mark.django_db


def wait(minutes):
    Canary.objects.update(wanted_at=timezone.now() - timedelta(minutes=minutes))


def test_test_message_goes_through_form_database_and_mail_server(postbox):
    ana = make_staff("Owner")
    canary.want(by=ana)
    send_wanted()
    stored = Submission.objects.get()
    assert stored.status == "closed" and stored.canary.received_at
    assert not Canary.objects.get().mailed_at
    delivery.deliver_due()
    canary.conclude()
    assert len(postbox.mails) == 1 and "Test: messages reach you" in postbox.mails[0].content.decode()
    row = Canary.objects.get()
    assert row.mailed_at and not row.is_on_its_way and canary.problem() == ""
    assert not Submission.objects.exists() and not Notification.objects.exists()


def test_the_daily_one_goes_to_the_mailbox_of_the_site_and_to_no_one_else(postbox):
    make_staff("Owner")
    canary.want()
    send_wanted()
    delivery.deliver_due()
    assert postbox.recipients == ["website@vtc.example"]


def test_proof_ends_only_when_the_mail_server_accepts(postbox):
    canary.want(by=make_staff("Owner"))
    send_wanted()
    postbox.stop()
    delivery.deliver_due()
    canary.conclude()
    assert not Canary.objects.get().mailed_at and Submission.objects.exists()


@pytest.mark.parametrize("text", [canary.WORDS + "0" * 48, "Test message"])
def test_forged_one_is_an_ordinary_message(client, text):
    canary.want()
    list(canary.take_wanted())
    client.post("/contact/", filled_in(message=text))
    assert Submission.objects.get().status == "new"
    assert Notification.objects.get().kind == "new"
    assert not Canary.objects.get().received_at


def test_token_is_kept_as_a_hash_and_works_once(client):
    canary.want()
    [text] = canary.take_wanted()
    assert text.split()[-1] not in Canary.objects.get().token_hash
    for name in ("first", "second"):
        client.post("/contact/", filled_in(message=text, name=name))
    assert [row.status for row in Submission.objects.order_by("pk")] == ["closed", "new"]


def test_old_token_is_spent(client):
    canary.want()
    [text] = canary.take_wanted()
    Canary.objects.update(launched_at=timezone.now() - timedelta(minutes=16))
    client.post("/contact/", filled_in(message=text))
    assert Submission.objects.get().status == "new"


def test_lost_one_alarms_once_by_mail_log_and_health(postbox, caplog, monkeypatch):
    owner = make_staff("Owner")

    def fails(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(storing, "_insert", fails)
    canary.want()
    send_wanted()
    assert "answered with 503" in caplog.text
    assert canary.problem() == ""
    wait(16)
    canary.conclude()
    canary.conclude()
    assert postbox.recipients == [owner.email]
    assert "A test message did not come through. It was not stored." in health.warnings({"database": True})
    assert "ALARM: a test message did not come through." in caplog.text


def test_later_proof_ends_the_warning(postbox):
    canary.want(by=make_staff("Owner"))
    wait(16)
    assert "background thread did not send it" in canary.problem()
    canary.want()
    send_wanted()
    delivery.deliver_due()
    canary.conclude()
    Canary.objects.exclude(mailed_at=None).update(wanted_at=timezone.now())
    assert canary.problem() == ""


def test_silence_of_two_days_is_a_warning():
    assert canary.problem() == ""
    old = timezone.now() - timedelta(days=2, minutes=1)
    Canary.objects.create(wanted_at=old, launched_at=old, received_at=old, mailed_at=old)
    assert "No test message was sent for two days" in canary.problem()


def test_one_is_wanted_a_day_by_all_processes_together():
    canary.want_daily()
    assert not Canary.objects.exists()
    DailyChore.objects.filter(name="canary").update(done_at=timezone.now() - timedelta(days=1, minutes=1))
    canary.want_daily()
    canary.want_daily()
    assert Canary.objects.count() == 1
