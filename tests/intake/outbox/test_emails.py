"""What every email says of itself, and what one to staff says of the messages that wait."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.conf import settings

from intake.models import Submission
from intake.outbox import delivery, emails
from intake.reply_times import PACIFIC
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PROMISED = datetime(2026, 11, 27, 13, 4, tzinfo=PACIFIC)


def stored(number, **changes):
    row = stored_message(message=f"number {number}")
    Submission.objects.filter(pk=row.pk).update(**changes)
    row.refresh_from_db()
    return row


def test_notice_says_until_when_to_answer_where_a_promise_exists():
    make_staff()
    body = emails.message_waiting(stored(1, promised_by=PROMISED), mail_key=uuid4()).body
    assert "Answer by 1:04 p.m., Fri, Nov. 27" in body
    assert "Answer by" not in emails.message_waiting(stored(2, promised_by=None), mail_key=uuid4()).body


def test_digest_names_suspected_spam_and_counts_all():
    make_staff()
    rows = [stored(0, status="suspected"), *(stored(number) for number in range(1, 32))]
    mail = emails.messages_waiting(rows, mail_key=uuid4())
    assert mail.body.count("suspected spam") == 1
    assert f"{rows[0].spoken_reference}, suspected spam" in mail.body
    assert mail.body.startswith("32 messages") and "and 2 more" in mail.body


def test_mail_to_staff_is_answered_by_no_program_and_can_be_filtered():
    make_staff()
    headers = emails.message_waiting(stored(1), mail_key=uuid4()).extra_headers
    assert headers["X-Auto-Response-Suppress"] == "All"
    assert headers["List-Id"] == "Staff notices <staff.testserver>"
    assert headers["Message-ID"].endswith("@testserver>")


def test_mail_to_a_sender_names_no_list():
    mail = emails.reference_for_sender(stored(1, email="sam@vtc.example"), mail_key=uuid4())
    assert "List-Id" not in mail.extra_headers and settings.MAIL_HEADERS.items() <= mail.extra_headers.items()


def test_mail_names_a_reference_and_a_link_and_nothing_else(postbox):
    make_staff()
    submission = stored_message(
        name="Canary", message="heroin canary", phone="818 555 0100", email="can@ary.example"
    )
    delivery.deliver_due()
    text = postbox.mails[0].content.decode()
    assert f"Subject: A new message is waiting: {submission.spoken_reference}" in text
    assert f"http://testserver/admin/intake/submission/{submission.pk}/change/" in text
    for word in ("anary", "heroin", "555 0100", "treatment", "addict"):
        assert word not in text
