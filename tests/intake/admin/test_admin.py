"""What staff see and may do in the admin, and what the admin never shows or keeps."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from intake.models import IntakeSettings, NoticePreference, Notification, Submission
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = reverse("admin:intake_submission_changelist")
SPAM = reverse("admin:intake_suspectedspam_changelist")
OUTBOX = reverse("admin:intake_notification_changelist")


def page_of(submission):
    return reverse("admin:intake_submission_change", args=[submission.pk])


@pytest.fixture
def intake(client):
    client.force_login(make_staff(email="dana@vtc.example"))
    return client


@pytest.fixture
def owner(client):
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    return client


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_list_shows_initials_and_no_message_text(intake):
    stored_message(name="Canary Rivers", message="secret canary words", email="canary@example.org")
    page = text_of(intake.get(LIST))
    assert "C. R." in page and "I want help for myself" in page
    for secret in ("Canary", "canary", "555-0100"):
        assert secret not in page


def test_list_takes_the_same_number_of_queries_however_many_messages_there_are(
    intake, django_assert_max_num_queries
):
    for number in range(30):
        stored_message(message=f"number {number}")
    with django_assert_max_num_queries(17):
        intake.get(LIST)


def test_title_of_a_message_is_its_reference(intake):
    submission = stored_message(name="Canary Rivers", message="secret words")
    page = text_of(intake.get(page_of(submission)))
    assert "secret words" in page
    assert f"Message {submission.reference}" in page.split("</title>")[0]
    assert "Canary" not in page.split("</title>")[0]


def test_what_was_written_cannot_be_changed(intake):
    submission = stored_message()
    forged = {"status": "reached", "message": "forged", "name": "forged", "reply_by": "email"}
    intake.post(page_of(submission), forged)
    submission = Submission.objects.get()
    assert (submission.status, submission.reply_by) == ("new", "call")
    assert submission.message == "I want to stop. What happens first?" and submission.name == "Sam Rivers"


def test_history_of_the_admin_names_no_person(intake):
    submission = stored_message(name="Canary", message="canary")
    intake.post(page_of(submission), {"act": "note", "text": "canary"})
    intake.post(page_of(submission), {"act": "claim"})
    intake.post(page_of(submission), {"act": "close", "outcome": "answered"})
    assert Submission.objects.get().status == "closed"
    for entry in LogEntry.objects.all():
        assert "anary" not in f"{entry.object_repr}{entry.change_message}"


def test_only_an_owner_deletes(intake):
    submission = stored_message()
    assert (
        intake.post(
            reverse("admin:intake_submission_delete", args=[submission.pk]), {"post": "yes"}
        ).status_code
        == 403
    )
    intake.force_login(make_staff("Owner", "olga@vtc.example"))
    intake.post(reverse("admin:intake_submission_delete", args=[submission.pk]), {"post": "yes"})
    assert not Submission.objects.exists()
    assert "Sam" not in LogEntry.objects.get().object_repr


@pytest.mark.parametrize("group", ["Editor", "Publisher"])
def test_people_who_edit_pages_see_no_message(client, group):
    Group.objects.get_or_create(name=group)
    client.force_login(make_staff(group, "eddie@vtc.example"))
    submission = stored_message()
    for address in (LIST, SPAM, OUTBOX, page_of(submission)):
        assert client.get(address).status_code == 403


def test_suspected_spam_is_kept_apart_and_one_click_puts_it_back(intake):
    submission = stored_message(message="http://a http://b http://c")
    Submission.objects.update(status="spam", suspected_spam_reason="Many links")
    assert submission.reference not in text_of(intake.get(LIST))
    assert "Many links" in text_of(intake.get(SPAM))
    intake.post(SPAM, {"action": "put_back", "_selected_action": [submission.pk]})
    back = Submission.objects.get()
    assert back.status == "new" and back.received_at == submission.received_at
    assert submission.reference in text_of(intake.get(LIST))
    intake.post(LIST, {"action": "mark_as_spam", "_selected_action": [submission.pk]})
    assert Submission.objects.get().status == "spam"


def test_suspected_spam_can_still_be_read_from_the_link_in_the_mail(intake):
    submission = stored_message()
    Submission.objects.update(status="spam")
    assert "I want to stop." in text_of(intake.get(page_of(submission)))


def test_outbox_shows_states_and_sends_again(intake):
    submission = stored_message(name="Canary")
    Notification.objects.update(attempts=3, last_error="SMTPDataError")
    page = text_of(intake.get(OUTBOX))
    assert (
        submission.spoken_reference in page
        and "Waiting, 3 failed attempt(s)" in page
        and "SMTPDataError" in page
    )
    assert "Canary" not in page
    Notification.objects.update(sent_at=timezone.now())
    assert "Sent" in text_of(intake.get(OUTBOX))
    old_key = Notification.objects.get().mail_key
    intake.post(OUTBOX, {"action": "send_again", "_selected_action": [Notification.objects.get().pk]})
    notice = Notification.objects.get()
    assert notice.sent_at is None and notice.mail_key != old_key


def test_copy_for_a_person_is_not_sent_again(intake):
    stored_message(email="sam@vtc.example", email_copy="on")
    Notification.objects.update(sent_at=timezone.now())
    keys = list(Notification.objects.values_list("pk", flat=True))
    page = text_of(intake.post(OUTBOX, {"action": "send_again", "_selected_action": keys}, follow=True))
    assert "1 notice(s) will be sent again within a minute." in page
    assert Notification.objects.get(sent_at=None).kind == Notification.Kind.NEW


@pytest.mark.parametrize(("state", "count"), [("waiting", 2), ("overdue", 1), ("sent", 1)])
def test_outbox_is_filtered_by_state(intake, state, count):
    for number in range(3):
        stored_message(message=f"number {number}")
    first, second, _ = Notification.objects.order_by("pk").values_list("pk", flat=True)
    Notification.objects.filter(pk=first).update(sent_at=timezone.now())
    Notification.objects.filter(pk=second).update(created_at="2020-01-01T00:00Z")
    page = text_of(intake.get(OUTBOX, {"state": state}))
    assert page.count('class="action-select"') == count


def test_alarm_stands_above_every_list_while_staff_are_not_told(intake):
    stored_message()
    assert "See why" not in text_of(intake.get(LIST))
    Notification.objects.update(created_at="2020-01-01T00:00Z")
    for address in (LIST, SPAM, OUTBOX):
        assert "1 notice(s) have been waiting for more than 15 minutes." in text_of(intake.get(address))


def test_owner_sets_the_words_of_the_form_on_one_record(owner):
    address = reverse("admin:intake_intakesettings_changelist")
    answer = owner.get(address, follow=True)
    assert "On the form" in text_of(answer)
    filled_in = {"reply_time": "By noon.", "keep_spam_days": "30", "alarm_percent": "50"}
    asked = owner.post(answer.redirect_chain[-1][0], filled_in)
    assert "0 messages" in text_of(asked) and IntakeSettings.objects.get().keep_spam_days is None
    owner.post(answer.redirect_chain[-1][0], filled_in | {"is_confirmed": "yes"})
    record = IntakeSettings.objects.get()
    assert (record.pk, record.reply_time, record.keep_spam_days) == (1, "By noon.", 30)


def test_second_person_is_chosen_among_those_who_answer_and_not_edited_from_there(owner):
    make_staff(email="dana@vtc.example")
    make_staff("Editor", "eddie@vtc.example")
    page = text_of(owner.get(reverse("admin:intake_intakesettings_changelist"), follow=True))
    assert ">dana@vtc.example</option>" in page and "eddie" not in page
    assert "/auth/user/" not in page.split('id="id_second_person"')[1]


def test_intake_staff_cannot_change_the_settings(intake):
    assert intake.get(reverse("admin:intake_intakesettings_changelist")).status_code == 403


def test_staff_switch_off_their_own_notices_only(intake):
    other = NoticePreference.objects.create(user=make_staff(email="other@vtc.example"))
    intake.post(reverse("admin:intake_noticepreference_add"), {})
    assert NoticePreference.objects.get(user__username="dana@vtc.example").is_on is False
    page = text_of(intake.get(reverse("admin:intake_noticepreference_changelist")))
    assert "dana" in page and "other" not in page
    assert (
        intake.post(reverse("admin:intake_noticepreference_change", args=[other.pk]), {}).status_code == 302
    )
    other.refresh_from_db()
    assert other.is_on
