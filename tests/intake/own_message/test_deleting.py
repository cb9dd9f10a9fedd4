"""Senders delete their message, if the owner allows it; and what holds for all these pages."""

import pytest
from django.test import Client

from intake.models import (
    Addition,
    Deletion,
    IntakeSettings,
    Notification,
    Submission,
)
from intake.outbox import danger_alarms
from intake.receiving import own_message
from tests.support.message_screen import page_of, text_of
from tests.support.messages import filled_in, stored_message
from tests.support.own_message import ADD, CANARY, DELETE, STATUS, YES, two
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db


def test_deleting_is_off_until_an_owner_switches_it_on(client, sent):
    IntakeSettings(keep_finished_days=90).save()
    page = client.get(DELETE).content.decode()
    assert "We can’t delete messages on this page yet." in page
    for way in ('href="/contact/add/">tell us not to contact you', "We delete it 90 days after", "/privacy/"):
        assert way in page
    answer = client.post(DELETE, two(sent))
    assert answer.status_code == 403 and "Tick the box" not in answer.content.decode()
    assert Submission.objects.exists()


@pytest.mark.usefixtures("can_delete")
class TestDeleting:
    @pytest.mark.parametrize("word", ["no", "off", "0", "", "maybe"])
    def test_only_a_tick_deletes_or_calls_off(self, client, sent, word):
        assert client.post(DELETE, two(sent) | {"is_sure": word}).status_code == 422
        assert client.post(ADD, two(sent) | {"call_off": word}).status_code == 422
        assert Submission.objects.exists() and not Addition.objects.exists()

    def test_a_deleted_message_leaves_a_stub_alone(self, client, sent):
        answer = client.post(DELETE, two(sent) | YES)
        assert "Your message is deleted." in answer.content.decode()
        assert not Submission.objects.exists() and not Notification.objects.exists()
        assert Deletion.objects.get().reference == sent.reference

    def test_it_is_confirmed_first(self, client, sent):
        answer = client.post(DELETE, two(sent))
        assert answer.status_code == 422 and Submission.objects.exists()
        page = answer.content.decode()
        assert 'aria-describedby="id_is_sure_error"' in page and 'id="id_is_sure_error"' in page

    def test_a_message_on_hold_stays_and_the_page_says_so(self, client, sent):
        Submission.objects.update(is_on_hold=True)
        assert "was not deleted" in client.post(DELETE, two(sent) | YES).content.decode()
        assert Submission.objects.exists() and not Deletion.objects.exists()

    def test_a_copy_deletes_only_what_it_added(self, client, sent, copy):
        client.post(ADD, two(copy) | {"text": "of the copy"})
        client.post(ADD, two(sent) | {"text": "of the first"})
        assert "Your message is deleted." in client.post(DELETE, two(copy) | YES).content.decode()
        assert [each.text for each in Submission.objects.get().additions.all()] == ["of the first"]
        assert Deletion.objects.get().reference == copy.reference

    def test_an_unread_message_of_danger_is_emptied_and_keeps_its_alarm(self, client):
        client.post("/contact/", filled_in(**CANARY | {"message": "Canary, I want to die"}))
        sent = Submission.objects.get()
        client.post(DELETE, two(sent) | YES)
        left = Submission.objects.get()
        assert (left.danger, left.name, left.phone, left.message) == ("suicide", "", "", "")
        assert left.fingerprint is None and left.phone_hash == ""
        assert danger_alarms.unopened().get() == left
        client.force_login(make_staff())
        assert "Deleted by the sender" in text_of(client.get(page_of(left)))
        assert not danger_alarms.unopened().exists()

    def test_a_restored_backup_does_not_bring_it_back(self, sent, copy):
        kept = stored_message(message="another")
        stubs = [Deletion(reference=sent.reference), Deletion(reference="GA2KU5SE")]
        own_message.delete_again(stubs)
        assert Submission.objects.get() == kept
        assert Deletion.objects.count() == 2


@pytest.mark.parametrize("address", [ADD, STATUS, DELETE])
def test_what_was_typed_stays_when_the_database_fails(client, sent, can_delete, monkeypatch, address, caplog):
    monkeypatch.setattr(own_message, "find", lambda *args, **kwargs: 1 / 0)
    answer = client.post(address, two(sent, "818 555 0142") | YES | {"text": "One more thing"})
    assert answer.status_code == 503 and "818 555 0142" in answer.content.decode()
    assert "0142" not in caplog.text and sent.reference not in caplog.text


@pytest.mark.parametrize("address", [ADD, STATUS, DELETE, "/contact/"])
def test_they_take_a_post_from_a_page_of_any_age(address, sent, can_delete):
    answer = Client(enforce_csrf_checks=True).post(address, {"contact": "", "phone": ""})
    assert answer.status_code == 422 and not answer.cookies
