"""Messages of one person are worked as one once staff confirm it, and stay apart for their senders."""

import pytest
from django.utils import timezone

from intake.models import Attempt, Submission, TimelineEvent
from intake.receiving import own_message
from intake.staff import (
    claims,
    contact_changes,
    contact_preferences,
    follow_up,
    same_person,
    tries,
    work_lists,
    workflow,
)
from tests.support.message_screen import opened
from tests.support.messages import stored_message

pytestmark = pytest.mark.django_db
Status = Submission.Status


def joined(by, *changes):
    """Return messages of one person, as `by` has confirmed it."""
    first, *others = [
        stored_message(message=f"number {number}", **change) for number, change in enumerate(changes)
    ]
    for other in others:
        same_person.confirm(first, other, by=by)
    return fresh(first, *others)


def test_the_wishes_of_all_stand_in_the_safety_note_of_each_and_at_the_attempts(client, ana):
    wishes = {"best_time": "afternoon", "relay": "yes", "language": "es", "voicemail": "none"}
    calm = {"voicemail": "full", "best_time": "any"}
    rows = joined(ana, calm, wishes | {"phone": "213 555 7777"}, calm | {"under_18": "yes"})
    client.force_login(ana)
    for row in rows:
        page = opened(client, row)
        assert "They use a relay (711)" in page and "Language: Español." in page and "Under 18" in page
        assert "Don’t leave a voicemail. Hang up." in page
        assert "Left a voicemail (they asked for no voicemail)" in page
        assert "Afternoon" in page.split("Best time:")[1][:60]
    moments = follow_up.choices(rows[0], timezone.now())
    assert moments[0].label.startswith("In the afternoon")


def test_marks_at_the_attempts_follow_what_they_told_us_later(client, ana):
    row = stored_message(email="sam@vtc.example")
    contact_changes.add_wish(row, by=ana, said="They called: email me.", reply_by="email")
    client.force_login(ana)
    page = opened(client, row)
    ways = page.split('class="log__ways"')[1].split("</ul>")[0]
    assert ">Emailed</a>" in ways and "Called (not what they asked for)" in ways


def fresh(*rows):
    for row in rows:
        row.refresh_from_db()
    return rows


def kinds(row):
    return list(row.events.order_by("pk").values_list("kind", flat=True))


def test_what_is_done_with_one_is_done_with_all(ana):
    rows = joined(ana, {}, {}, {})
    workflow.claim(rows[1], by=ana)
    assert all(row.claimed_by == ana for row in fresh(*rows))
    workflow.log_attempt(rows[2], by=ana, channel="call", outcome="no-answer")
    assert all(row.status == Status.TRIED and row.attempts.count() == 1 for row in fresh(*rows))
    assert tries.number_made(rows[0]) == 1, "three rows, one try"
    workflow.close(rows[0], by=ana, outcome="answered")
    assert all(row.status == Status.CLOSED and row.outcome == "answered" for row in fresh(*rows))
    assert kinds(rows[2]) == ["same-person", "claimed", "closed"]


def test_a_list_shows_a_person_once_with_the_number_of_messages(ana):
    first, *_ = joined(ana, {}, {})
    other = stored_message(message="somebody else")
    shown = work_lists.common().one_a_person().with_number_of_person().order_by("pk")
    assert [(row.pk, row.of_person) for row in shown] == [(first.pk, 2), (other.pk, None)]


def test_a_message_that_is_joined_goes_to_who_has_the_other(ana, ben):
    one, two = stored_message(message="one"), stored_message(message="two")
    workflow.claim(one, by=ana)
    same_person.confirm(two, one, by=ben)
    fresh(one, two)
    assert (two.claimed_by, two.status, two.is_handed_over) == (ana, Status.CLAIMED, True)


def test_two_holders_have_to_agree_first(ana, ben):
    one, two = stored_message(message="one"), stored_message(message="two")
    workflow.claim(one, by=ana)
    workflow.claim(two, by=ben)
    with pytest.raises(workflow.StepRefusedError, match="Hand one over"):
        same_person.confirm(two, one, by=ben)
    assert not Submission.objects.exclude(person=None).exists()


def test_separated_messages_keep_their_history_and_go_their_own_way(ana):
    one, two = joined(ana, {}, {})
    workflow.log_attempt(one, by=ana, channel="call", outcome="voicemail")
    same_person.separate(two, by=ana)
    fresh(one, two)
    assert (one.person, two.person, two.attempts.count()) == (None, None, 1)
    workflow.close(one, by=ana, outcome="answered")
    assert fresh(two)[0].status == Status.TRIED
    event = two.events.latest("pk")
    assert event.words == f"No longer the same person as {one.spoken_reference}"


def test_a_wrong_number_says_nothing_about_another_number_of_the_person(ana):
    one, two = joined(ana, {}, {"phone": "213 555 0123"})
    workflow.log_attempt_and_close(
        one, by=ana, channel="call", outcome=Attempt.Outcome.WRONG_CONTACT, closed_as="not-reached"
    )
    one, two = fresh(one, two)
    assert (one.status, two.status) == (Status.CLOSED, Status.NEW)
    assert contact_preferences.of(two).channel == "call"


def test_the_strictest_wish_of_the_person_holds(ana):
    one, two = joined(
        ana, {"voicemail": "full", "may_name_us": "yes"}, {"phone": "213 555 0123", "voicemail": "none"}
    )
    found = contact_preferences.of(one)
    assert (found.voicemail, found.may_name_us, found.newest) == ("none", "no", two)


def test_a_sender_learns_and_deletes_nothing_of_the_other_message(ana):
    """Families share phones: one of them may have written each of the two, whatever staff believe."""
    one, two = stored_message(message="one"), stored_message(message="two", name="Kim")
    workflow.claim(one, by=ana)
    theirs = own_message.find(two.reference, "0100", address="")
    assert own_message.status_word(theirs) == "received", "not joined: the claim of the other is not told"
    same_person.confirm(one, two, by=ana)
    own_message.add(own_message.Own(one, one.reference), text="A secret.", phone="213 555 0199")
    assert own_message.find(two.reference, "213 555 0199", address="") is None
    assert not two.additions.exists()
    assert own_message.delete(own_message.Own(one, one.reference))
    assert Submission.objects.get() == two


def test_an_addition_to_a_closed_message_joins_the_claim_of_the_person(ana):
    one, two = joined(ana, {}, {})
    workflow.close(one, by=ana, outcome="answered")
    workflow.move(two, by=ana, status=Status.CLAIMED)
    own_message.add(own_message.Own(one, one.reference), text="One more thing.")
    assert [row.claimed_by for row in fresh(one, two)] == [ana, ana]
    assert not work_lists.common().exists()
    assert claims.claim_next(by=ana) is None


def test_only_open_messages_are_joined_by_what_is_done(ana):
    one, two = joined(ana, {}, {})
    Submission.objects.filter(pk=two.pk).update(status=Status.SPAM)
    workflow.claim(one, by=ana)
    assert fresh(two)[0].claimed_by is None
    assert TimelineEvent.objects.filter(kind="claimed").count() == 1


def test_a_person_who_was_reached_is_not_closed_as_could_not_be_reached(client, ana):
    client.force_login(ana)
    page = opened(client, stored_message())
    form = page.split('name="outcome" value="reached"')[1].split("</form>")[0]
    assert "close-answered" in form and "close-not-reached" not in form
