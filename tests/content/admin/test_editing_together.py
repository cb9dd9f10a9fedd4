"""Two editors save one page in the same moment, each in a thread of its own: one wins, nothing is lost."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.test import Client

from content import publishing
from content.admin.editing import PageForm
from content.models import Version
from tests.support.edit_form import change_url, fields_of, make_draft, newest, save
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
LONGEST_WAIT = 0.5  # seconds; where saves stand in line, the first waits this long for one that cannot come


@pytest.fixture
def at_once(monkeypatch):
    """Let both saves ask whether there is a newer Version before either of them writes, if they can."""
    both, ask = threading.Barrier(2), PageForm._newer_version

    def ask_and_wait(form):
        found = ask(form)
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=LONGEST_WAIT)
        return found

    monkeypatch.setattr(PageForm, "_newer_version", ask_and_wait)


def opened_by(name, page):
    """Return a client of somebody called `name`, and the fields of the form that they opened."""
    client = Client()
    client.force_login(make_staff("Editor", f"{name.lower()}@vtc.example", first_name=name, last_name="Diaz"))
    return client, fields_of(client.get(change_url(page)))


def save_at_once(page, people, changes, button="_continue", value="1"):
    """Return the answers to `people`, in their order."""
    answers = {}

    def send(name):
        client, fields = people[name]
        answers[name] = save(client, page, fields | changes[name], button, value)
        connection.close()

    threads = [threading.Thread(target=send, args=[name]) for name in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {name: answers[name] for name in people}


def winner_and_loser(answers):
    by_status = {answer.status_code: name for name, answer in answers.items()}
    assert sorted(by_status) == [200, 302]
    return by_status[302], by_status[200]


def test_one_of_two_saves_wins_and_the_other_is_told_who_changed_what(at_once):
    page = make_draft()
    people = {name: opened_by(name, page) for name in ("Ana", "Ben")}
    changes = {name: {"text_blocks-1-body": f"<p>{name} was here.</p>"} for name in people}
    answers = save_at_once(page, people, changes)
    winner, loser = winner_and_loser(answers)
    assert Version.objects.filter(page=page).count() == 2
    assert newest(page).author.first_name == winner
    assert newest(page).snapshot["blocks"][1]["body"] == f"<p>{winner} was here.</p>"
    assert publishing.take_snapshot(page) == newest(page).snapshot
    told = " ".join(answers[loser].content.decode().split())
    assert f"<strong>{winner} Diaz</strong> saved version 2" in told
    assert "Text “Second”" in told
    assert f"{winner} was here" in told
    assert fields_of(answers[loser])["text_blocks-1-body"] == f"<p>{loser} was here.</p>"


def test_of_two_who_save_over_a_third_only_one_does(at_once):
    page = make_draft()
    people = {name: opened_by(name, page) for name in ("Ana", "Ben")}
    carl, fields = opened_by("Carl", page)
    save(carl, page, fields | {"heading": "From Carl?"})
    changes = {name: {"heading": f"From {name}?"} for name in people}
    winner, _ = winner_and_loser(save_at_once(page, people, changes, "_save_mine", "2"))
    assert Version.objects.filter(page=page).count() == 3
    assert newest(page).snapshot["page"]["heading"] == f"From {winner}?"
    assert Version.objects.get(page=page, number=2).snapshot["page"]["heading"] == "From Carl?"
