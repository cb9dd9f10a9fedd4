"""The whole way of a message: form, row, mail."""

import pytest
from django.urls import reverse

from intake.models import Submission
from intake.outbox import delivery
from tests.support.messages import filled_in
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_message_is_stored_and_staff_are_told_when_the_form_is_sent(client, postbox):
    make_staff(email="dana@vtc.example")
    answer = client.post("/contact/", filled_in(message="Please call my heart canary"))
    assert answer.status_code == 303
    assert client.get(answer["Location"]).status_code == 200
    submission = Submission.objects.get()
    assert submission.message == "Please call my heart canary"
    assert delivery.deliver_due() == 1
    [mail] = postbox.mails
    assert mail.rcpt_tos == ["dana@vtc.example"]
    text = mail.content.decode()
    assert submission.spoken_reference in text
    assert reverse("admin:intake_submission_change", args=[submission.pk]) in text
    assert "canary" not in text and "Sam" not in text and "555-0100" not in text
