"""One address that the mail server refuses keeps nothing from the others, and nobody forgets it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.models import IntakeSettings, NoticePreference, Notification
from intake.outbox import delivery, refusals
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESSES = {f"{name}@vtc.example" for name in ("ana", "ben", "olga")}


@pytest.fixture(autouse=True)
def team(db):
    make_staff(email="ana@vtc.example")
    make_staff(email="ben@vtc.example")
    make_staff("Owner", email="olga@vtc.example")


def due_again():
    Notification.objects.filter(sent_at=None).update(next_try_at=timezone.now())


def refused():
    return {kept.user.email: kept.refusal for kept in refusals.refused_accounts().select_related("user")}


def test_each_recipient_gets_an_email_of_their_own(postbox):
    stored_message()
    assert delivery.deliver_due() == 1
    assert sorted(postbox.recipients) == sorted(ADDRESSES)
    assert all(len(mail.rcpt_tos) == 1 for mail in postbox.mails)
    assert all(
        not (ADDRESSES - set(mail.rcpt_tos)) & set(mail.content.decode().split()) for mail in postbox.mails
    )


@pytest.mark.parametrize("answer", ["450 busy", "451 greylisted, try later", "452 mailbox full"])
def test_address_refused_for_now_is_tried_again_alone(postbox, answer):
    stored_message()
    postbox.refused = {"ben@vtc.example": answer}
    assert delivery.deliver_due() == 1
    assert set(postbox.recipients) == ADDRESSES - {"ben@vtc.example"}
    waiting = Notification.objects.get(sent_at=None)
    assert (waiting.recipient, waiting.last_error) == ("ben@vtc.example", "SMTPRecipientsRefused")
    assert delivery.health()["waiting"] == 0 and not delivery.overdue().exists() and refused() == {}
    postbox.refused = {}
    assert delivery.deliver_due() == 0, "not before its time"
    due_again()
    assert delivery.deliver_due() == 1
    assert sorted(postbox.recipients) == sorted(ADDRESSES)


@pytest.mark.parametrize("answer", ["550 no such user", "551 moved", "553 bad name", "554 never"])
def test_address_refused_for_good_is_shown_to_owners_until_it_works(client, postbox, answer):
    stored_message()
    postbox.refused = {"ben@vtc.example": answer}
    assert delivery.deliver_due() == 1
    assert not Notification.objects.filter(sent_at=None).exists()
    assert refused() == {"ben@vtc.example": answer[:3]} and delivery.health()["refused_addresses"] == 1
    for name, is_shown in (("olga", True), ("ana", False)):
        client.force_login(staff_named(name))
        page = client.get(reverse("admin:index")).content.decode()
        assert ("1 staff email address refused" in page) is is_shown
    postbox.refused = {}
    stored_message(message="another")
    delivery.deliver_due()
    assert refused() == {}


def staff_named(name):
    return NoticePreference._meta.get_field("user").related_model.objects.get(email=f"{name}@vtc.example")


@pytest.mark.parametrize(
    "address", ["ben@vtc.exam\u200eple", "bén@vtc.example", "ben@vtc.example\nBcc: x@example.org", "b en@"]
)
def test_address_that_cannot_be_written_keeps_no_notice_from_the_others(postbox, address):
    staff_model = NoticePreference._meta.get_field("user").related_model
    staff_model.objects.filter(username="ben@vtc.example").update(email=address)
    stored_message()
    assert delivery.deliver_due() == 1
    assert {"ana@vtc.example", "olga@vtc.example"} <= set(postbox.recipients)
    assert "x@example.org" not in postbox.recipients


def test_notice_that_nobody_was_given_is_tried_again_for_all(postbox):
    stored_message()
    postbox.refused = dict.fromkeys(ADDRESSES, "550 no")
    assert delivery.deliver_due() == 0
    assert Notification.objects.get().sent_at is None and delivery.health()["waiting"] == 1
    postbox.refused = {}
    due_again()
    assert delivery.deliver_due() == 1 and set(postbox.recipients) == ADDRESSES


def test_monitor_counts_every_address_while_the_server_refuses_them_all(postbox):
    stored_message()
    postbox.refused = dict.fromkeys(ADDRESSES, "550 no")
    delivery.deliver_due()
    due_again()
    delivery.deliver_due()
    assert (delivery.health()["refused_addresses"], refused()) == (3, {})
    postbox.refused = {}
    due_again()
    delivery.deliver_due()
    assert delivery.health()["refused_addresses"] == 0


def test_address_that_stays_refused_holds_up_no_other_notice(postbox):
    stored_message()
    postbox.refused = {"ben@vtc.example": "451 later"}
    delivery.deliver_due()
    due_again()
    stored_message(message="a second one")
    delivery.deliver_due()
    delivery.deliver_due()
    assert postbox.recipients.count("ana@vtc.example") == 2


def test_address_refused_for_a_day_is_given_up_and_shown(postbox):
    stored_message()
    postbox.refused = {"ben@vtc.example": "451 later"}
    delivery.deliver_due()
    due_again()
    Notification.objects.filter(sent_at=None).update(created_at=timezone.now() - timedelta(days=2))
    delivery.deliver_due()
    assert not Notification.objects.filter(sent_at=None).exists()
    assert refused() == {"ben@vtc.example": "451"}


def test_server_that_ends_in_the_middle_is_asked_again_for_the_rest(postbox):
    stored_message()
    postbox.refused = {"ben@vtc.example": "421 closing"}
    assert delivery.deliver_due() == 1
    waiting = set(Notification.objects.filter(sent_at=None).values_list("recipient", flat=True))
    assert waiting | set(postbox.recipients) == ADDRESSES
    postbox.refused = {}
    due_again()
    while delivery.deliver_due():
        pass
    assert set(postbox.recipients) == ADDRESSES


@pytest.mark.parametrize("first", [{}, {"ana@vtc.example": "451 later"}, {"ana@vtc.example": "550 nobody"}])
def test_server_that_hangs_up_at_one_address_gets_the_email_for_the_others(postbox, first):
    stored_message()
    postbox.refused, postbox.hangs_up_at = first, {"ben@vtc.example"}
    assert delivery.deliver_due() == 1
    assert set(postbox.recipients) == ADDRESSES - {"ben@vtc.example"} - set(first)
    waiting = set(Notification.objects.filter(sent_at=None).values_list("recipient", flat=True))
    assert "ben@vtc.example" in waiting


@pytest.mark.parametrize("answer", ["550 not you", "553 too many from you", "452 slow down", "421 bye"])
def test_server_that_had_enough_of_the_sender_has_nothing_against_an_address(postbox, answer):
    """As at a limit an hour: the first email is taken, at MAIL FROM of the next it says no."""
    stored_message()
    postbox.senders = ["250 OK", answer]
    assert delivery.deliver_due() == 1
    waiting = set(Notification.objects.filter(sent_at=None).values_list("recipient", flat=True))
    assert refused() == {} and waiting | set(postbox.recipients) == ADDRESSES
    due_again()
    while delivery.deliver_due():
        pass
    assert set(postbox.recipients) == ADDRESSES


def test_notice_whose_subject_has_a_line_break_goes_out_on_one_line(postbox):
    IntakeSettings.objects.create(notice_subject="A new\nmessage\u2028waits")
    stored_message()
    assert delivery.deliver_due() == 1
    assert b"Subject: A new message waits:" in postbox.mails[0].content
