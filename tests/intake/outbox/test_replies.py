"""Staff write to a person from a message: neutral sender, kept encrypted, retried, a refusal is shown."""

import email

import pytest
from django.db import connection
from django.utils import timezone

from intake.models import Note, Notification, Reply
from intake.outbox import delivery, replies
from intake.staff import contact_changes
from tests.support.message_screen import act, opened
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TYPED = {"subject": "For you", "body": "When is a good time, canary?", "consent": "on"}


@pytest.fixture
def dana(client):
    user = make_staff(email="dana@vtc.example")
    client.force_login(user)
    return user


@pytest.fixture
def wished():
    row = stored_message(reply_by="email", email="sam@vtc.example")
    row.notifications.all().delete()
    return row


def test_email_goes_out_from_the_neutral_sender(client, dana, wished, postbox, settings):
    settings.COPY_FROM_EMAIL = "post@mail.example"
    settings.COPY_EMAIL = {"host": postbox.hostname, "port": postbox.port}
    page = opened(client, wished)
    assert "sent from post@mail.example" in page and "Hello Sam," in page
    act(client, wished, "email", **TYPED)
    assert replies.deliver_due() == 1 and delivery.deliver_due() == 0
    assert postbox.recipients == ["sam@vtc.example"]
    mail = email.message_from_bytes(postbox.mails[0].content)
    assert (mail["From"], mail["Subject"]) == ("post@mail.example", "For you")
    assert mail["Message-ID"].endswith("@mail.example>")
    assert not mail["List-Id"] and "dana" not in str(mail).lower()
    page = opened(client, wished)
    assert "Taken by the mail server" in page and "When is a good time, canary?" in page


def test_first_one_needs_consent_which_is_noted(client, dana, wished):
    refused = act(client, wished, "email", **{**TYPED, "consent": ""})
    assert refused.status_code == 422 and not Reply.objects.exists()
    act(client, wished, "email", **TYPED)
    assert Note.objects.get().text == "They agreed to email that is not encrypted."
    act(client, wished, "email", **{**TYPED, "consent": ""})
    assert Reply.objects.count() == 2


def test_text_is_stored_encrypted(client, dana, wished):
    act(client, wished, "email", **TYPED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_reply")
        assert "canary" not in str(cursor.fetchall())


@pytest.mark.parametrize("changes", [{"body": ""}, {"subject": " "}, {"body": "Call [our number]."}])
def test_unfinished_one_is_not_sent(client, dana, wished, changes):
    assert act(client, wished, "email", **TYPED | changes).status_code == 422


def test_nobody_is_emailed_who_did_not_allow_it(client, dana):
    row = stored_message(email="sam@vtc.example")
    assert "Write an email" not in opened(client, row)
    assert act(client, row, "email", **TYPED).status_code == 422
    assert not Reply.objects.exists()


def test_it_is_retried_while_the_server_is_down(client, dana, wished, postbox, settings):
    settings.COPY_EMAIL = {"host": postbox.hostname, "port": postbox.port}
    act(client, wished, "email", **TYPED)
    postbox.answer = "451 later"
    assert replies.deliver_due() == 0
    assert "Not taken yet: it is tried again" in opened(client, wished)
    postbox.answer = "250 OK"
    Notification.objects.update(next_try_at=timezone.now())
    assert replies.deliver_due() == 1


def test_refusal_is_shown_and_not_tried_again(client, dana, wished, postbox, settings):
    settings.COPY_EMAIL = {"host": postbox.hostname, "port": postbox.port}
    act(client, wished, "email", **TYPED)
    postbox.answer = "550 no such mailbox"
    replies.deliver_due()
    assert "Refused by the mail server: it did not arrive" in opened(client, wished)
    Notification.objects.update(next_try_at=timezone.now())
    postbox.answer = "250 OK"
    assert replies.deliver_due() == 0 and postbox.mails == []


@pytest.mark.parametrize("answer", ["500 what", "521 no mail here", "552 too large", "554 spam"])
def test_whatever_is_for_good_is_not_tried_again(client, dana, wished, postbox, settings, answer):
    settings.COPY_EMAIL = {"host": postbox.hostname, "port": postbox.port}
    act(client, wished, "email", **TYPED)
    postbox.answer = answer
    replies.deliver_due()
    assert Reply.objects.get().refused_at


@pytest.mark.parametrize("address", ["sam@vtc.example\u200e", "sam@vtc.example\nx", "sam@"])
def test_address_that_nobody_can_write_to_is_shown_as_refused(dana, wished, postbox, settings, address):
    settings.COPY_EMAIL = {"host": postbox.hostname, "port": postbox.port}
    contact_changes.send_email(wished, by=dana, subject="For you", body="Hello", has_consent=True)
    reply = Reply.objects.get()
    reply.to = address
    reply.save()
    replies.deliver_due()
    assert Reply.objects.get().refused_at


@pytest.mark.parametrize("line_break", ["\u2028", "\u2029", "\x85", "\r\n", "\x0b", "\x1c", "\t"])
def test_subject_that_was_pasted_with_a_line_break_goes_out_on_one_line(
    client, dana, wished, postbox, settings, line_break
):
    settings.COPY_EMAIL = {"host": postbox.hostname, "port": postbox.port}
    act(client, wished, "email", **TYPED | {"subject": f"For{line_break} you"})
    assert replies.deliver_due() == 1
    assert email.message_from_bytes(postbox.mails[0].content)["Subject"] == "For you"


def test_it_goes_to_the_newest_address(dana, wished):
    contact_changes.add_detail(wished, by=dana, kind="email", value="new@vtc.example")
    contact_changes.send_email(wished, by=dana, subject="For you", body="Hello", has_consent=True)
    assert Reply.objects.get().to == "new@vtc.example"
