"""One message on one screen: every act by its verb, what is refused, and everything in the timeline."""

from datetime import datetime, time, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from intake.models import (
    Attempt,
    IntakeSettings,
    Note,
    OfficeHours,
    Presence,
    Submission,
    TimelineEvent,
)
from intake.outbox import delivery, escalation
from intake.reply_times import PACIFIC
from intake.staff import presence
from tests.support.message_screen import NUMBER, act, page_of, text_of
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_message_is_claimed_handed_over_and_released(dana):
    submission, ben = stored_message(), make_staff(email="ben@vtc.example")
    assert "Claimed by you" in text_of(act(dana, submission, "claim"))
    assert "Claimed by ben" in text_of(act(dana, submission, "hand_over", to=ben.pk))
    refused = act(dana, submission, "claim")
    assert refused.status_code == 422
    assert "Ben@vtc.example has already claimed this message" in text_of(refused)
    assert "Nobody has claimed it" in text_of(act(dana, submission, "release"))


def test_message_is_not_handed_to_somebody_who_may_not_read_it(dana):
    submission, eddie = stored_message(), make_staff("Editor", "e@vtc.example")
    assert act(dana, submission, "hand_over", to=eddie.pk).status_code == 422
    assert Submission.objects.get().claimed_by is None


def test_attempt_is_two_clicks_and_comes_back_in_office_hours(dana):
    for day in range(7):
        OfficeHours.objects.create(weekday=day, opens_at=time(10), closes_at=time(15))
    submission = stored_message(best_time="afternoon")
    page = text_of(dana.get(page_of(submission)))
    no_answer = page.split("No answer, no voicemail left</summary>")[1].split("</form>")[0]
    assert 'name="channel" value="call"' in no_answer and 'name="outcome" value="no-answer"' in no_answer
    assert '<button type="submit" name="next_due" value="best">In the afternoon' in no_answer
    act(dana, submission, "attempt", channel="call", outcome="no-answer", next_due="best")
    next_due = Attempt.objects.get().next_due_at.astimezone(PACIFIC)
    assert next_due.hour == 12 and next_due > timezone.now()
    assert Submission.objects.get().due_at == Attempt.objects.get().next_due_at


def test_outcome_that_does_not_fit_the_channel_is_refused(dana):
    submission = stored_message()
    assert (
        act(dana, submission, "attempt", channel="text", outcome="voicemail", next_due="now").status_code
        == 422
    )
    assert not Attempt.objects.exists()


def test_limit_of_tries_is_kept(dana):
    IntakeSettings(tries=1).save()
    submission = stored_message()
    act(dana, submission, "attempt", channel="call", outcome="no-answer", next_due="now")
    page = act(dana, submission, "attempt", channel="call", outcome="no-answer", next_due="now")
    assert page.status_code == 422 and "We stop now".lower() in text_of(page).lower()
    assert Attempt.objects.count() == 1


def test_note_is_added_with_name_and_time_and_stored_encrypted(dana):
    submission = stored_message()
    page = text_of(act(dana, submission, "note", text="Canary note"))
    assert "Canary note" in page and "dana" in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM intake_note")
        assert "Canary" not in cursor.fetchone()[0]
    assert act(dana, submission, "note", text=" ").status_code == 422
    assert Note.objects.count() == 1


def test_nothing_of_the_timeline_can_be_changed_or_deleted(dana):
    submission = stored_message()
    page = text_of(act(dana, submission, "note", text="Canary note"))
    assert not {Note, Attempt, TimelineEvent} & set(admin.site._registry)
    assert "delete" not in page.split('id="timeline-title"')[1].split("</section>")[0].lower()


def test_a_note_is_never_mailed(dana, mailoutbox):
    IntakeSettings(reply_minutes=1, alarm_percent=1).save()
    for day in range(7):
        OfficeHours.objects.create(weekday=day, opens_at=time(0), closes_at=time.max)
    submission = stored_message()
    act(dana, submission, "note", text="Canary note")
    Submission.objects.update(alarm_at=timezone.now() - timedelta(minutes=1))
    escalation.raise_due()
    while delivery.deliver_due():
        pass
    assert len(mailoutbox) == 2
    assert not any("Canary" in f"{letter.subject}{letter.body}" for letter in mailoutbox)


def test_clock_runs_in_office_hours(dana, monkeypatch):
    OfficeHours.objects.create(weekday=0, opens_at=time(9), closes_at=time(17))
    OfficeHours.objects.create(weekday=1, opens_at=time(9), closes_at=time(17))
    submission = stored_message()
    Submission.objects.update(promised_by=datetime(2026, 12, 8, 10, tzinfo=PACIFIC))  # Tuesday
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 7, 16, 30, tzinfo=PACIFIC))
    dana.force_login(get_user_model().objects.get())  # the first sign-in is over by then
    assert "Answer by tomorrow at 10 a.m. (90 minutes of office hours left)" in text_of(
        dana.get(page_of(submission))
    )


def test_a_note_that_is_refused_is_not_lost(dana):
    page = act(dana, stored_message(), "note", text="x" * 4001)
    assert page.status_code == 422 and "x" * 4001 in page.content.decode()


def test_closing_needs_an_outcome_and_can_be_taken_back(dana):
    submission = stored_message()
    act(dana, submission, "claim")
    assert act(dana, submission, "close", outcome="").status_code == 422
    act(dana, submission, "close", outcome="answered")
    assert Submission.objects.get().status == "closed"
    page = text_of(act(dana, submission, "step", status="claimed"))
    assert "Claimed by you" in page and Submission.objects.get().outcome == ""


def test_only_allowed_steps_are_buttons_and_taken(dana):
    submission = stored_message()
    assert "<summary>Referred to other help" not in text_of(dana.get(page_of(submission)))
    assert act(dana, submission, "step", status="referred").status_code == 422
    assert "<summary>Referred to other help" in text_of(act(dana, submission, "claim"))
    assert act(dana, submission, "step", status="referred").status_code == 422  # and then?
    act(dana, submission, "step", status="referred", next_due="days")
    referred = Submission.objects.get()
    assert referred.status == "referred" and referred.due_at > timezone.now() + timedelta(days=2)


@pytest.mark.parametrize("status", ["new", "claimed", "reached", "closed", "spam"])
def test_status_is_said_once_and_nobody_is_missed_where_nobody_is_needed(dana, status):
    submission = stored_message()
    Submission.objects.update(status=status)
    head = text_of(dana.get(page_of(submission))).split('<ul class="case__head">')[1].split("</ul>")[0]
    assert head.count(f'case__chip">{status.capitalize()}</li>') == 1
    assert ("Nobody has claimed it" in head) is (status not in ("closed", "spam"))


def test_language_and_what_they_know_stand_above_everything_else(dana):
    submission = stored_message(language="es", reason="someone-else", they_know="no")
    head = text_of(dana.get(page_of(submission))).split('id="safety-title"')[0]
    assert 'case__chip--loud">Language: Español' in head
    assert 'case__chip--loud">The other person does not know about this message' in head


def test_message_can_be_kept_from_deletion(dana):
    submission = stored_message()
    act(dana, submission, "keep", keep="yes")
    assert Submission.objects.get().is_on_hold
    act(dana, submission, "keep", keep="no")
    assert not Submission.objects.get().is_on_hold
    assert TimelineEvent.objects.count() == 2


def test_colleague_who_has_it_open_is_named_until_it_expires(dana):
    submission, ben = stored_message(), make_staff(email="ben@vtc.example")
    presence.arrive(submission, ben)
    assert "<strong>ben@vtc.example</strong> also has this message open" in text_of(
        dana.get(page_of(submission))
    )
    Presence.objects.update(seen_at=timezone.now() - presence.EXPIRES_AFTER)
    assert "<strong>ben@vtc.example</strong>" not in text_of(dana.get(page_of(submission)))
    presence.forget_expired()
    assert not Presence.objects.filter(user=ben).exists()


def test_page_asks_again_who_else_is_there(dana):
    submission, ben = stored_message(), make_staff(email="ben@vtc.example")
    presence.arrive(submission, ben)
    address = reverse("admin:intake_submission_presence", args=[submission.pk])
    assert dana.post(address).json() == {"others": ["ben@vtc.example"]}
    assert Presence.objects.filter(user__username="dana@vtc.example").exists()
    assert dana.get(address).status_code == 403


def test_other_messages_of_the_same_number_or_address_are_linked(dana):
    one = stored_message(message="one", email="sam@example.org")
    same_number = stored_message(message="two", phone="818-555-0100", name="Other")
    same_address = stored_message(message="five", phone="818 555 0155", email="SAM@example.org")
    stranger = stored_message(message="three", phone="818 555 0199")
    old = stored_message(message="four")
    Submission.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=31))
    page = text_of(dana.get(page_of(one)))
    assert page_of(same_number) in page and page_of(same_address) in page
    assert page_of(stranger) not in page and page_of(old) not in page


def test_late_is_said_in_words(dana):
    submission = stored_message()
    Submission.objects.update(promised_by=datetime(2026, 1, 5, 10, tzinfo=PACIFIC))
    assert "Overdue since Monday, January 5, at 10 a.m." in text_of(dana.get(page_of(submission)))


def test_somebody_who_may_only_look_gets_no_buttons_and_no_contact(client):
    user = make_staff("", "lou@vtc.example")
    user.user_permissions.add(Permission.objects.get(codename="view_submission"))
    client.force_login(user)
    submission = stored_message()
    page = text_of(client.get(page_of(submission)))
    assert "What next" not in page and NUMBER not in page
    assert client.post(page_of(submission), {"act": "contact", "has_read": "yes"}).status_code == 403
