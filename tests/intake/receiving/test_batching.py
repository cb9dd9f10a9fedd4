"""What many threads store at the same moment goes in one transaction, and none answers for another."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from intake import daily_counts
from intake.forms.message import MessageForm
from intake.models import DailyCount, Notification, Submission
from intake.receiving import batching, storing
from intake.receiving.batching import GroupCommit
from tests.support.messages import filled_in

OTHERS = 7
MAX_SECONDS = 20


class Queue(threading.Condition):
    """Tells how many came to wait, or to find that it is their turn."""

    def __init__(self):
        super().__init__()
        self.came = threading.Semaphore(0)

    def wait_for(self, predicate, timeout=None):
        self.came.release()
        return super().wait_for(predicate, timeout)


class Crowd:
    """Threads that store with `store`: one, and the others while that one is still at it."""

    def __init__(self, store, commit=None):
        self.store, self.groups, self.is_begun = store, [], threading.Event()
        self.commit = commit or GroupCommit(None)
        self.commit._store, self.commit._change = self._watched, Queue()

    def _watched(self, items):
        self.groups.append(items)
        if len(self.groups) == 1:
            self.is_begun.set()
            for _ in range(1 + self.others):
                assert self.commit._change.came.acquire(timeout=MAX_SECONDS)
        return self.store(items)

    def all_at_once(self, *work):
        """Return the answer, or the error, of each of the functions `work`."""
        self.others = len(work) - 1
        with ThreadPoolExecutor(len(work)) as pool:
            answers = [pool.submit(closing, work[0])]
            assert self.is_begun.wait(MAX_SECONDS)
            answers += [pool.submit(closing, function) for function in work[1:]]
            return [answer.exception() or answer.result() for answer in answers]

    def run(self, *items):
        return self.all_at_once(*(lambda item=item: self.commit.run(item) for item in items))


def closing(work):
    try:
        return work()
    finally:
        connection.close()


def test_all_that_wait_are_stored_together_and_each_gets_its_own_answer():
    crowd = Crowd(lambda items: [f"stored {item}" for item in items])
    names = [str(number) for number in range(OTHERS + 1)]
    assert crowd.run(*names) == [f"stored {name}" for name in names]
    assert crowd.groups[0] == ["0"] and sorted(crowd.groups[1]) == names[1:] and len(crowd.groups) == 2


def test_what_is_wrong_with_one_touches_no_other():
    def store(items):
        if "bad" in items:
            raise IntegrityError("bad")
        return [f"stored {item}" for item in items]

    first, good, bad, fine = Crowd(store).run("first", "good", "bad", "fine")
    assert (first, good, fine) == ("stored first", "stored good", "stored fine")
    assert isinstance(bad, IntegrityError)


def test_a_database_that_does_not_answer_is_asked_once_for_the_whole_group():
    def store(items):
        if items != ["first"]:
            raise OperationalError("timeout")
        return ["stored"]

    crowd = Crowd(store)
    first, *others = crowd.run("first", "one", "two", "three")
    assert first == "stored" and len(crowd.groups) == 2
    assert [type(error) for error in others] == [OperationalError] * 3


def test_a_thread_that_is_ended_leaves_the_others_to_themselves():
    def store(items):
        if len(items) > 1:
            raise SystemExit
        return [f"stored {item}" for item in items]

    answers = Crowd(store).run("first", "one", "two")
    assert answers[0] == "stored first"
    assert sorted(map(str, answers[1:])) in (["", "stored one"], ["", "stored two"])


def test_whoever_gets_no_turn_in_time_stores_alone(monkeypatch):
    monkeypatch.setattr(batching, "MAX_TURN_SECONDS", 0)
    crowd = Crowd(lambda items: [f"stored {item}" for item in items])
    answers = crowd.run("first", "one", "two")
    assert answers == ["stored first", "stored one", "stored two"]
    assert sorted(crowd.groups) == [["first"], ["one"], ["two"]]


def test_nobody_waits_for_ever_for_the_thread_that_stores(monkeypatch):
    monkeypatch.setattr(batching, "MAX_STORING_SECONDS", 0.1)
    has_waited, told = threading.Event(), []

    def store(items):
        if len(items) > 1:
            has_waited.wait(MAX_SECONDS)
        return [f"stored {item}" for item in items]

    def run(item):
        try:
            return crowd.commit.run(item)
        except OperationalError as error:
            has_waited.set()
            told.append(item)
            return error

    crowd = Crowd(store)
    answers = crowd.all_at_once(*(lambda item=item: run(item) for item in ("first", "one", "two")))
    assert len(told) == 1 and isinstance(answers[1 + ["one", "two"].index(told[0])], OperationalError)
    assert sum(str(answer).startswith("stored") for answer in answers) == 2


@pytest.mark.django_db
def test_what_belongs_to_a_transaction_of_the_caller_is_stored_in_it():
    commit = GroupCommit(lambda items: [connection.in_atomic_block])
    with transaction.atomic(), commit._change:  # another thread could not take it from here
        assert commit.run("item") is True


def sent(**fields):
    """Store a message as the view does, and return its row."""
    form = MessageForm(filled_in(**fields))
    assert form.is_valid()
    return storing.receive(written=form.written, origin="same", address="203.0.113.9")


@pytest.fixture
def crowd(monkeypatch):
    """Threads that send messages through the site's own group commit."""
    crowd = Crowd(storing._store)
    monkeypatch.setattr(storing, "_group_commit", crowd.commit)
    return crowd


@pytest.mark.django_db(transaction=True)
def test_each_of_many_messages_has_its_row_its_notice_and_its_count(crowd, monkeypatch):
    monkeypatch.setattr(storing, "MAX_PER_NETWORK", OTHERS - 1)
    words = [f"number {number}" for number in range(OTHERS + 1)]
    rows = crowd.all_at_once(*(lambda text=text: sent(message=text) for text in words))
    assert [len(group) for group in crowd.groups] == [1, OTHERS]
    assert [Submission.objects.get(reference=row.reference).message for row in rows] == words
    assert sorted(Notification.objects.values_list("submission", flat=True)) == sorted(row.pk for row in rows)
    assert DailyCount.objects.get().count == OTHERS + 1
    assert Submission.objects.exclude(suspected_spam_reason="").count() == 2
    assert not Submission.objects.filter(status=Submission.Status.SUSPECTED).exists()


@pytest.mark.django_db(transaction=True)
def test_copies_in_one_group_are_one_row(crowd):
    rows = crowd.all_at_once(*[lambda: sent(message="other")] + [lambda: sent()] * OTHERS)
    assert len({row.pk for row in rows[1:]}) == 1
    assert Submission.objects.count() == Notification.objects.count() == 2
    assert DailyCount.objects.get().count == 2


@pytest.mark.django_db(transaction=True)
def test_one_copy_of_the_reference_goes_to_one_address_of_a_group(crowd):
    wish = {"email": "sam@vtc.example", "email_copy": "on"}
    words = [f"number {number}" for number in range(3)]
    crowd.all_at_once(*(lambda text=text: sent(message=text, **wish) for text in words))
    assert Notification.objects.filter(kind=Notification.Kind.RECEIPT).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_groups_with_the_same_messages_do_not_wait_for_each_other_for_ever(monkeypatch):
    arrivals = []
    monkeypatch.setattr(storing._group_commit, "run", arrivals.append)
    for number in range(40):
        sent(message=f"number {number}")
    start, errors = threading.Barrier(2), []

    def store(group):
        for position in range(0, len(group), 4):
            start.wait(MAX_SECONDS)
            try:
                storing._store(group[position : position + 4])
            except IntegrityError:
                pass  # the other one was quicker
            except OperationalError as error:  # a deadlock
                errors.append(error)

    turned = [arrivals[place : place + 4][::-1] for place in range(0, 40, 4)]
    with ThreadPoolExecutor(2) as pool:
        pool.submit(closing, lambda: store(arrivals))
        pool.submit(closing, lambda: store([one for four in turned for one in four]))
    assert errors == []
    assert Submission.objects.count() == 40


@pytest.mark.django_db
def test_messages_of_one_network_in_one_group_are_counted_one_by_one():
    assert daily_counts.count_today("sender", ["192.0.2.1", "192.0.2.2", "192.0.2.1"]) == [1, 1, 2]
    assert daily_counts.count_today("sender", ["192.0.2.1", "192.0.2.1"]) == [3, 4]
    assert daily_counts.count_today("sender", []) == []
