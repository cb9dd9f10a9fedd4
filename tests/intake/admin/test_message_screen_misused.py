"""Whatever staff send, in whatever order: a clear answer, never a failure, and nothing is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from intake.models import Attempt, Note, Submission, TimelineEvent
from intake.staff import claims, same_person, workflow
from tests.support.messages import stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:intake_submission_changelist")
SPAM = reverse("admin:intake_suspectedspam_changelist")
SEARCH = reverse("admin:intake_submission_search")
VIEWS = reverse("admin:intake_savedview_save")
EXPORT = reverse("admin:intake_submission_export")
READS = reverse("admin:intake_accesslogentry_changelist")
NUL, HUGE = "a\x00b", "9" * 40
ODD = ["", NUL, HUGE, "-1", "x" * 50_000, "🙂", "[]", "null"]
FIELDS = {
    "contact": ["has_read"],
    "claim": [],
    "release": [],
    "hand_over": ["to"],
    "attempt": ["channel", "outcome", "next_due"],
    "note": ["text"],
    "close": ["outcome"],
    "step": ["status"],
    "keep": ["keep"],
    "no such act": ["text"],
}


def page_of(submission):
    return reverse("admin:intake_submission_change", args=[submission.pk])


@pytest.fixture
def olga(client):
    client.force_login(make_staff("Owner", "olga@vtc.example"))
    return client


def state():
    return Submission.objects.values_list("status", "claimed_by", "outcome", "due_at").get()


@pytest.mark.parametrize("name", FIELDS)
def test_an_act_without_its_fields_or_with_odd_ones_is_answered(olga, name):
    submission = stored_message()
    before = state()
    answers = [olga.post(page_of(submission), {"act": name})]
    answers += [
        olga.post(page_of(submission), {"act": name} | dict.fromkeys(FIELDS[name], odd)) for odd in ODD
    ]
    assert {answer.status_code for answer in answers} <= {302, 422}
    if name not in ("claim", "keep", "note"):
        assert {answer.status_code for answer in answers} == {422} and state() == before


@pytest.mark.parametrize("text", ["🙂 é ﷽", "line\r\nline", "'; DROP TABLE intake_note; --", "<b>bold</b>"])
def test_a_note_of_any_letters_is_kept_as_typed(olga, text):
    submission = stored_message()
    page = olga.post(page_of(submission), {"act": "note", "text": text}, follow=True)
    assert Note.objects.get().text.splitlines() == text.splitlines()
    assert page.status_code == 200 and "<b>bold" not in page.content.decode()


@pytest.mark.parametrize("text", [NUL, "🙂" * 15_000, "x" * 100_000])
def test_a_note_that_cannot_be_kept_comes_back(olga, text):
    answer = olga.post(page_of(stored_message()), {"act": "note", "text": text})
    if answer.status_code == 422:
        assert text.replace("\x00", "") in answer.content.decode().replace("\x00", "").replace("�", "")
        assert not Note.objects.exists()
    else:
        assert Note.objects.get().text == text.replace("\x00", "")


@pytest.mark.once
@pytest.mark.parametrize(
    "name", ["claim", "release", "attempt", "note", "close", "step", "keep", "hand_over"]
)
def test_an_act_on_a_message_that_was_deleted_since_is_answered(olga, name):
    submission = stored_message()
    Submission.objects.all().delete()
    answer = olga.post(page_of(submission), {"act": name}, follow=True)
    assert answer.status_code in (200, 404)


FILTERS = [
    "due", "holder", "status", "reason__exact", "language__exact", "is_logged_by_staff__exact",
    "received_at__gte",
    "received_at__lt", "p", "o", "e", "_facets", "all", "name", "claimed_by", "reason__in",
]  # fmt: skip


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_of_a_made_up_value_is_answered(olga, name):
    stored_message()
    for address in (LIST, SPAM):
        for odd in [odd for odd in ODD if len(odd) < 1000]:
            assert olga.get(address, {name: odd}).status_code in (200, 302, 400), (address, name, odd)


@pytest.mark.parametrize("name", ["kind__exact", "reference", "author__id__exact", "at__gte", "at__lt"])
def test_a_filter_of_the_looks_with_a_made_up_value_is_answered(olga, name):
    for odd in [odd for odd in ODD if len(odd) < 1000]:
        assert olga.get(READS, {name: odd}).status_code in (200, 302, 400), (name, odd)


@pytest.mark.parametrize("odd", ODD)
def test_search_views_and_export_answer_anything(olga, odd):
    stored_message()
    for address, fields in (
        (SEARCH, {"text": odd}),
        (VIEWS, {"name": odd, "filters": odd}),
        (VIEWS, {"name": "fine", "filters": f"due={odd}"}),
        (VIEWS, {"delete": odd}),
        (EXPORT, {"filters": odd}),
        (EXPORT, {"filters": f"status={odd}&received_at__gte={odd}"}),
        (LIST, {"action": odd, "_selected_action": odd}),
        (LIST, {"action": "mark_as_spam", "_selected_action": odd}),
    ):
        assert olga.post(address, fields).status_code in (200, 302, 400, 422), (address, fields)
    assert Submission.objects.get().status == "new"


@pytest.mark.parametrize("key", ["0", "x", HUGE, "-1", "1_"])
def test_an_address_of_no_message_is_answered(olga, key):
    stored_message()
    assert olga.get(f"{LIST}{key}/change/", follow=True).status_code in (200, 404)
    assert olga.post(f"{LIST}{key}/presence/", follow=True).status_code in (200, 404)


def test_a_message_is_not_handed_to_somebody_who_was_switched_off(olga):
    submission, ben = stored_message(), make_staff(email="ben@vtc.example", is_active=False)
    answer = olga.post(page_of(submission), {"act": "hand_over", "to": ben.pk})
    assert answer.status_code == 422 and Submission.objects.get().claimed_by is None
    with pytest.raises(workflow.StepRefusedError):
        workflow.hand_over(submission, to=ben, by=ben)


def test_a_second_tap_or_a_colleague_s_call_is_not_one_more_try(olga):
    submission = stored_message()
    page = olga.get(page_of(submission)).content.decode()
    seen = re.search(r'name="attempts_seen" value="(\d+)"', page)[1]
    fields = {"act": "attempt", "channel": "call", "outcome": "no-answer", "next_due": "now"}
    first, second = [olga.post(page_of(submission), fields | {"attempts_seen": seen}) for _ in range(2)]
    assert (first.status_code, second.status_code) == (302, 422)
    page = second.content.decode()
    assert "someone logged an attempt after you opened this page" in page
    assert 'name="attempts_seen" value="1"' in page  # who means it can press again
    assert Attempt.objects.count() == 1


def test_a_call_back_in_the_past_is_due_now(olga):
    submission, dana = stored_message(), make_staff(email="dana@vtc.example")
    past = timezone.now() - timedelta(days=3)
    workflow.log_attempt(submission, by=dana, channel="call", outcome="no-answer", next_due_at=past)
    assert Attempt.objects.exists()
    assert timezone.now() - Submission.objects.get().due_at < timedelta(minutes=1)


def test_what_a_colleague_holds_can_be_closed_and_says_who_did(olga):
    submission = stored_message()
    workflow.claim(submission, by=make_staff(email="ben@vtc.example"))
    olga.post(page_of(submission), {"act": "close", "outcome": "answered"})
    assert Submission.objects.get().status == "closed"
    assert (TimelineEvent.objects.first().author_name, TimelineEvent.objects.first().words) == (
        "olga@vtc.example",
        "Closed: question answered",
    )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_those_who_claim_at_the_same_moment_one_holds_it_and_the_others_are_told():
    submission = stored_message()
    people = [make_staff(email=f"p{number}@vtc.example") for number in range(4)]

    def claim(person):
        try:
            return workflow.claim(submission, by=person).claimed_by.username
        except workflow.StepRefusedError as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        answers = list(pool.map(claim, people))
    [holder] = [answer for answer in answers if " " not in answer]
    assert Submission.objects.get().claimed_by.username == holder
    assert answers.count(f"{holder} has already claimed this message.") == 3
    assert TimelineEvent.objects.filter(kind="claimed").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_tries_and_notes_of_the_same_moment_are_all_kept():
    submission, dana = stored_message(), make_staff(email="dana@vtc.example")

    def work(number):
        try:
            if number % 2:
                workflow.add_note(submission, by=dana, text=f"note {number}")
            else:
                workflow.log_attempt(submission, by=dana, channel="call", outcome="no-answer", is_meant=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(work, range(6)))
    assert (Note.objects.count(), Attempt.objects.count()) == (3, 3)
    assert Submission.objects.get().status == "tried"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_those_who_ask_for_the_next_message_at_the_same_moment_nobody_gets_the_same():
    """Neither the same message, nor two of one person: those go together."""
    people = [make_staff(email=f"p{number}@vtc.example") for number in range(4)]
    rows = [stored_message(message=str(number)) for number in range(6)]
    same_person.confirm(rows[0], rows[5], by=people[0])
    together = Barrier(len(people))

    def ask(person):
        try:
            together.wait(10)
            return claims.claim_next(by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(people)) as pool:
        given = list(pool.map(ask, people))
    assert None not in given and len({row.pk for row in given}) == len(people)
    persons = Submission.objects.exclude(person=None).values_list("claimed_by", flat=True)
    assert len(set(persons)) == 1
    assert Submission.objects.exclude(claimed_by=None).count() == len(people) + 1
