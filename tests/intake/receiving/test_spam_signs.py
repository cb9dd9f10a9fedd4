"""Suspected spam is labeled, kept apart and told of; nothing is refused, and no address is kept."""

import pytest
from django.db import connection

from intake import client_address, daily_counts
from intake.models import DailyCount, Notification, Submission
from intake.outbox import delivery
from intake.receiving import storing
from tests.support.messages import filled_in, stored_message
from tests.support.staff import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
VISITOR = "203.0.113.77"


def reason_after(client, **fields):
    assert client.post("/contact/", filled_in(**fields), REMOTE_ADDR=VISITOR).status_code == 303
    submission = Submission.objects.latest("pk")
    assert submission.notifications.count() == 1
    is_counted = submission.suspected_spam_reason == "Many messages from one network today"
    is_spam = bool(submission.suspected_spam_reason) and not is_counted
    assert (submission.status == Submission.Status.SUSPECTED) == is_spam
    return submission.suspected_spam_reason


def test_message_of_a_person_is_not_suspected(client):
    assert reason_after(client, message="Is https://vtc.example/ yours?", seconds_taken="40") == ""


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"leave_this_empty": "x"}, "Filled in a field that people cannot see"),
        ({"name": "Cheap pills www.example.com"}, "A link in the name"),
        ({"message": "http://a http://b [url=c]"}, "Many links"),
    ],
)
def test_sign_of_a_program_is_named(client, fields, reason):
    assert reason_after(client, **fields) == reason


def test_speed_is_named_only_beside_another_sign(client):
    """A browser fills in the form by itself, and a question of the page is answered in a second."""
    assert reason_after(client, seconds_taken="0") == ""
    reason = "A link in the name, sent within 2 seconds"
    assert reason_after(client, seconds_taken="0", name="www.example.com") == reason


def test_many_messages_from_one_network_are_labeled_and_others_are_not(client, monkeypatch):
    monkeypatch.setattr(storing, "MAX_PER_NETWORK", 2)
    reasons = [reason_after(client, message=f"number {number}") for number in range(3)]
    assert reasons == ["", "", "Many messages from one network today"]
    client.post("/contact/", filled_in(message="from elsewhere"), REMOTE_ADDR="198.51.100.4")
    assert Submission.objects.latest("pk").suspected_spam_reason == ""


def test_when_everybody_comes_from_one_address_nobody_leaves_the_queue(client, postbox):
    make_staff()
    for number in range(storing.MAX_PER_NETWORK + 10):
        assert (
            client.post("/contact/", filled_in(message=f"{number}"), REMOTE_ADDR=VISITOR).status_code == 303
        )
    assert Submission.objects.filter(status=Submission.Status.NEW).count() == storing.MAX_PER_NETWORK + 10
    assert Submission.objects.exclude(suspected_spam_reason="").count() == 10
    delivery.deliver_due()
    assert not Notification.objects.filter(sent_at=None).exists()


def test_copies_of_one_message_count_once(client):
    for _ in range(5):
        client.post("/contact/", filled_in(), REMOTE_ADDR=VISITOR)
    assert DailyCount.objects.get().count == 1


def test_no_address_is_kept(client):
    client.post("/contact/", filled_in(), REMOTE_ADDR=VISITOR)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from the database itself
            assert VISITOR not in str(cursor.fetchall())


def test_tally_of_another_day_cannot_be_matched(monkeypatch):
    from datetime import date

    daily_counts.count_today("sender", [VISITOR])
    monkeypatch.setattr(daily_counts.timezone, "localdate", lambda: date(2030, 1, 1))
    daily_counts.count_today("sender", [VISITOR])
    first, second = DailyCount.objects.values_list("key_hash", flat=True)
    assert first != second


@pytest.mark.parametrize(
    ("meta", "address"),
    [
        ({"REMOTE_ADDR": VISITOR}, VISITOR),
        ({"REMOTE_ADDR": VISITOR, "HTTP_X_FORWARDED_FOR": "198.51.100.4"}, VISITOR),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 198.51.100.4"}, "198.51.100.4"),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.4, ,"}, "198.51.100.4"),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.4"}, "198.51.100.4"),
        ({"REMOTE_ADDR": "127.0.0.1"}, ""),
        ({"REMOTE_ADDR": ""}, ""),
    ],
)
def test_address_is_the_visitors_also_behind_our_own_proxy(rf, meta, address):
    assert client_address.client_address(rf.post("/contact/", **meta)) == address


def test_ipv6_neighbors_are_one_network():
    assert client_address.network("2001:db8:1:2:3::4") == client_address.network("2001:db8:1:2:ffff::1")
    assert client_address.network("not an address") == "not an address"


def test_ipv4_addresses_written_as_ipv6_are_no_neighbors():
    assert client_address.network(f"::ffff:{VISITOR}") == client_address.network(VISITOR)
    assert client_address.network(f"::ffff:{VISITOR}") != client_address.network("::ffff:198.51.100.4")


def test_flood_from_no_known_address_is_stored_whole():
    for number in range(storing.MAX_PER_NETWORK + 5):
        stored_message(message=f"number {number}")
    assert Notification.objects.count() == storing.MAX_PER_NETWORK + 5
    assert not Submission.objects.filter(status=Submission.Status.SUSPECTED).exists()
