"""Words of danger on the staff's screens: above every promise, with a way to the guide."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.models import IntakeSettings, Submission
from intake.outbox import danger_alarms, delivery
from intake.receiving import danger_words
from intake.staff import work_lists
from tests.support.message_screen import act, page_of, text_of
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIRST = "May be in danger: read first"
GUIDE = "/admin/intake/submission/danger/"


@pytest.fixture
def late(client):
    """A promise that is broken; newer is a message with words of danger."""
    client.force_login(make_staff("Owner", email="olga@vtc.example"))
    late = stored_message(message="late")
    Submission.objects.update(promised_by=timezone.now() - timedelta(hours=3))
    return late


def in_danger(**changes):
    submission = stored_message(message="one more", **changes)
    Submission.objects.filter(pk=submission.pk).update(danger="suicide")
    submission.refresh_from_db()
    return submission


def test_it_stands_first_on_the_start_page_and_in_the_list(client, late):
    danger = in_danger()
    stored_message(message="newest")
    assert work_lists.needs_action().first() == danger
    start = text_of(client.get("/admin/"))
    assert start.index(danger.spoken_reference) < start.index(late.spoken_reference) and FIRST in start
    rows = client.get("/admin/intake/submission/").context["cl"].result_list
    assert rows[0] == danger
    assert FIRST in text_of(client.get("/admin/intake/submission/"))


def test_the_flag_on_the_message_leads_to_the_guide(client, late):
    page = text_of(client.get(page_of(in_danger(phone="(818) 555-0177"))))
    assert FIRST in page and "Words of suicide or self-harm" in page and f'href="{GUIDE}"' in page
    assert FIRST not in text_of(client.get(page_of(late)))


def test_suspected_spam_is_on_the_start_page_until_somebody_has_opened_it(client, late):
    spam = in_danger()
    Submission.objects.filter(pk=spam.pk).update(status="suspected")
    spam.notifications.update(kind="danger", created_at=timezone.now() - timedelta(minutes=1))
    assert work_lists.needs_action().first() == spam
    client.get(reverse("admin:intake_suspectedspam_change", args=[spam.pk]))
    assert spam not in work_lists.needs_action()


def test_a_finished_message_goes_back_to_its_place(client, late):
    danger = in_danger()
    Submission.objects.filter(pk=danger.pk).update(status="closed")
    newest = stored_message(message="newest")
    assert client.get("/admin/intake/submission/").context["cl"].result_list[0] == newest


def test_the_guide_is_a_draft_until_the_owner_confirms_it(client, late):
    assert "This is a draft." in text_of(client.get(GUIDE))
    IntakeSettings(danger_guide="Call Robin first.", is_danger_guide_confirmed=True).save()
    page = text_of(client.get(GUIDE))
    assert "This is a draft." not in page and "Call Robin first." in page and "988" in page


def test_owners_see_the_shipped_phrases_and_only_changed_ones_are_stored(client, late):
    address = reverse("admin:intake_intakesettings_change", args=[1])
    client.get(reverse("admin:intake_intakesettings_changelist"))
    form = client.get(address).context["adminform"].form
    assert form["suicide_phrases"].value() == danger_words.SHIPPED["suicide_phrases"]
    sent = {name: form[name].value() or "" for name in form.fields if form[name].value() is not False}
    sent["harmless_phrases"] = "to die for"
    assert client.post(address, sent).status_code == 302
    stored = IntakeSettings.objects.get()
    assert stored.suicide_phrases == stored.overdose_phrases == ""
    assert stored.harmless_phrases == "to die for"


def test_a_false_flag_ends_the_alarm_and_says_who_and_why(client, late):
    false = in_danger()
    false.notifications.update(kind="danger", sent_at=timezone.now() - timedelta(hours=1))
    assert danger_alarms.unopened().count() == 1
    assert act(client, false, "not_in_danger").status_code == 422, "without a reason"
    page = text_of(act(client, false, "not_in_danger", reason="A song they quoted."))
    assert FIRST not in page and "A song they quoted." in page
    assert "olga@vtc.example</p> <p>Marked as not in danger</p>" in page
    assert not danger_alarms.unopened().exists()
    assert work_lists.needs_action().first() == late


def test_an_alarm_that_is_not_sent_yet_becomes_an_ordinary_notice(client, late):
    false = in_danger()
    false.notifications.update(kind="danger")
    act(client, false, "not_in_danger", reason="A song they quoted.")
    assert false.notifications.get().kind == "new"


def test_a_flag_raised_by_hand_goes_first_and_alerts_everybody(client, late, mailoutbox):
    calm = stored_message(message="The call after it was not calm.")
    page = text_of(act(client, calm, "in_danger", reason="They said goodbye on the phone."))
    assert FIRST in page and "A colleague thinks so: see the notes." in page
    assert work_lists.needs_action().first() == calm
    delivery.deliver_due()
    assert "Please look now" in [mail.subject for mail in mailoutbox]
    assert not any("goodbye" in mail.body for mail in mailoutbox)


def test_leaving_it_alone_asks_for_a_tick_and_a_reason_and_keeps_what_was_chosen(client, late):
    danger = in_danger()
    fields = {"channel": "call", "outcome": "no-answer", "next_due": "at", "day": "2082-12-07"}
    fields |= {"time": "9 am", "is_far_meant": "yes"}
    page = text_of(act(client, danger, "attempt", **fields))
    assert "nobody has reached them" in page and "I accept that nobody looks at it until" in page
    assert 'name="day" value="2082-12-07"' in page and 'name="outcome" value="no-answer"' in page
    assert act(client, danger, "attempt", **fields, is_accepted="yes").status_code == 422  # and no reason
    assert act(client, danger, "attempt", **fields, why="No tick.").status_code == 422
    act(client, danger, "attempt", **fields, is_accepted="yes", why="Police are there.")
    assert danger.attempts.count() == 1 and "Police are there." in danger.notes.get().text


def test_it_is_spam_only_with_a_reason(client, late):
    danger = in_danger()
    assert "any more" in text_of(act(client, danger, "step", status="spam"))
    act(client, danger, "step", status="spam", is_accepted="yes", why="An ad.")
    danger.refresh_from_db()
    assert danger.status == "spam"


def test_it_stays_on_the_start_page_of_its_holder_and_of_everybody(client, late, django_user_model):
    danger, olga = in_danger(), django_user_model.objects.get()
    act(client, danger, "attempt", channel="call", outcome="no-answer", next_due="in-60")
    assert "In danger, not reached. Call back" in text_of(client.get("/admin/"))
    assert danger.claimed_by == olga or Submission.objects.filter(claimed_by=olga).exists()
    client.force_login(make_staff(email="ben@vtc.example"))
    assert "In danger, not reached. Call back" in text_of(client.get("/admin/"))
