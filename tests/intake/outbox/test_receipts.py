"""The reference by email: only for who asked, telling nothing, and never in the way of staff's notices."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from django.db import connection
from django.utils import timezone

from intake import retention
from intake.models import IntakeSettings, Notification, Submission
from intake.outbox import delivery, receipts
from tests.support.mail_server import Postbox
from tests.support.messages import filled_in, stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
ADDRESS = "Sam@vtc.example"
WISH = {"email": ADDRESS, "email_copy": "on"}
# What could tell whoever else reads the mailbox where the person wrote, and what.
TELLING = (
    "treatment",
    "virtual",
    "clinic",
    "heroin",
    "drug",
    "http",
    "testserver",
    "/",
    "Sam Rivers",
    "I want to stop",
)


def copies_planned():
    return Notification.objects.filter(kind=Notification.Kind.RECEIPT)


def test_person_gets_the_reference_and_nothing_else(client, postbox, settings):
    settings.COPY_FROM_EMAIL = "desk@mail.example"
    answer = client.post("/contact/", filled_in(**WISH), follow=True)
    assert "We’re also emailing it to you." in answer.content.decode()
    assert receipts.deliver_due() == 1 and receipts.deliver_due() == 0
    [envelope] = postbox.mails
    mail = message_from_bytes(envelope.content)
    submission = Submission.objects.get()
    assert envelope.rcpt_tos == [ADDRESS] and mail["From"] == "desk@mail.example"
    assert mail["Subject"] == f"Your reference: {submission.spoken_reference}"
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Message-ID"].endswith("@mail.example>")
    assert submission.spoken_reference in mail.get_payload()
    words = f"{mail['Subject']} {mail['From']} {mail['Message-ID']} {mail.get_payload()}".lower()
    assert [word for word in TELLING if word.lower() in words] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"email_copy": None},
        {"email": ""},
        {"email": "Sam sam@vtc.example", "asked_email": "Sam sam@vtc.example"},
        {"email": "a@vtc.example, b@vtc.example", "asked_email": "a@vtc.example, b@vtc.example"},
        {"leave_this_empty": "x"},
        {"message": "http://a.example http://b.example http://c.example"},
    ],
    ids=["not asked", "no address", "a name", "two addresses", "trapped", "links"],
)
def test_nothing_is_emailed(client, fields):
    assert client.post("/contact/", filled_in(**WISH | fields)).status_code == 303
    assert Notification.objects.count() == 1 and not copies_planned().exists()


def test_one_address_gets_one_a_day_however_often_somebody_writes(client):
    for number, address in enumerate([ADDRESS, ADDRESS, ADDRESS.lower(), "robin@vtc.example"]):
        stored_message(**WISH | {"email": address}, message=f"number {number}")
    assert copies_planned().count() == 2
    answer = client.post("/contact/", filled_in(**WISH, message="again"), follow=True)
    assert "We’re also emailing" not in answer.content.decode()


def test_what_staff_call_spam_in_time_is_not_answered(postbox):
    Submission.objects.filter(pk=stored_message(**WISH).pk).update(status=Submission.Status.SPAM)
    assert receipts.deliver_due() == 0 and not copies_planned().exists()


def send_with_wish(client, number, address):
    fields = filled_in(**WISH | {"email": f"sam{number}@vtc.example"}, message=f"number {number}")
    return client.post("/contact/", fields, REMOTE_ADDR=address, follow=True).content.decode()


def test_a_network_gets_three_a_day_and_the_page_is_true(client):
    pages = [send_with_wish(client, number, "203.0.113.7") for number in range(4)]
    pages.append(send_with_wish(client, 5, "198.51.100.9"))
    assert ["We’re also emailing it to you." in page for page in pages] == [True, True, True, False, True]
    unsent = ["We can’t email it to you this time." in page for page in pages]
    assert unsent == [False, False, False, True, False]
    assert copies_planned().count() == 4


def test_ten_an_hour_go_out_in_all_and_the_page_is_true(client, postbox):
    pages = [send_with_wish(client, number, f"203.0.113.{number}") for number in range(12)]
    assert sum("We’re also emailing it to you." in page for page in pages) == 10
    assert receipts.deliver_due() == 10 == len(postbox.mails)
    assert Submission.objects.count() == 12


def test_who_did_not_ask_is_told_nothing_of_an_email(client):
    page = client.post("/contact/", filled_in(), follow=True).content.decode()
    assert "email it to you" not in page and "emailing" not in page


def test_references_go_through_a_mail_server_of_their_own(postbox, settings):
    make_staff()
    own = Postbox()
    own.start()
    settings.COPY_EMAIL = {"host": own.hostname, "port": own.port}
    stored_message(**WISH)
    assert delivery.deliver_due() == 1 and receipts.deliver_due() == 1
    own.stop()
    assert [mail.rcpt_tos for mail in own.mails] == [[ADDRESS]] and len(postbox.mails) == 1


def test_address_that_refuses_mail_is_given_up_without_an_alarm(postbox, caplog):
    make_staff()
    stored_message(**WISH)
    assert delivery.deliver_due() == 1
    postbox.answer = "550 no such mailbox"
    for _ in range(receipts.MAX_TRIES + 1):
        receipts.deliver_due()
        copies_planned().update(next_try_at=timezone.now())
    assert not copies_planned().exists()
    assert "vtc.example" not in caplog.text


def test_copy_that_waits_is_no_notice_that_failed(postbox):
    make_staff()
    submission = stored_message(**WISH)
    assert delivery.deliver_due() == 1 and len(postbox.mails) == 1
    copies_planned().update(created_at=timezone.now() - timedelta(hours=1))
    assert not delivery.overdue().exists() and delivery.health()["waiting"] == 0
    IntakeSettings(keep_open_days=1).save()
    Submission.objects.update(received_at=timezone.now() - timedelta(days=2))
    assert submission in retention.expired(timezone.now())


def test_copies_take_no_room_from_the_notices_of_staff(postbox):
    make_staff()
    for number in range(delivery.FREE_PER_HOUR + 2):
        stored_message(**WISH | {"email": f"sam{number}@vtc.example"})
    Notification.objects.exclude(kind=Notification.Kind.RECEIPT).update(
        sent_at=timezone.now() - timedelta(hours=2)
    )
    assert receipts.deliver_due() == receipts.MAX_PER_HOUR
    stored_message()
    assert delivery.deliver_due() == 1


def test_old_copy_of_a_restored_backup_is_not_sent(postbox):
    stored_message(**WISH)
    copies_planned().update(created_at=timezone.now() - timedelta(days=3))
    assert receipts.deliver_due() == 0 and not copies_planned().exists()


def test_same_message_with_another_wish_is_the_same_message():
    assert stored_message(email=ADDRESS).pk == stored_message(**WISH).pk


def test_wish_is_kept_when_the_form_is_shown_again(client):
    for answer in (client.get("/contact/"), client.post("/contact/", filled_in(phone="", email_copy="on"))):
        box = answer.content.decode().split('name="email_copy"')[1].split(">")[0]
        assert ("checked" in box) == (answer.status_code == 422)


def test_process_of_the_release_before_still_stores_messages_during_an_upgrade():
    stored_message()
    new_or_unique = ("id", "email_copy", "reference", "fingerprint")
    names = [field.column for field in Submission._meta.concrete_fields if field.name not in new_or_unique]
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO intake_submission (reference, {columns})"  # noqa: S608 - names from the model
            f" SELECT 'KD7MR4TB', {columns} FROM intake_submission"
        )
    assert Submission.objects.get(reference="KD7MR4TB").email_copy is False
