"""More ways in which a database breaks: the text is always shown again, and can be sent once it works."""

from contextlib import contextmanager

import pytest
from django.db import connection, connections

from intake.models import KeyCheck, Notification, Submission
from intake.outbox import wakeup
from tests.support.messages import filled_in

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ["intake_submission", "intake_notification", "intake_dailycount", "intake_keycheck"]


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def read_only():
    """As on a standby that has not taken over yet, or a disk that the system has protected."""
    is_sqlite = connection.vendor == "sqlite"
    run("PRAGMA query_only = ON" if is_sqlite else "SET default_transaction_read_only = on")
    yield
    run("PRAGMA query_only = OFF" if is_sqlite else "SET default_transaction_read_only = off")


@contextmanager
def without(table):
    """As when a new release runs before its migrations."""
    run(f"ALTER TABLE {table} RENAME TO gone")
    yield
    run(f"ALTER TABLE gone RENAME TO {table}")


@contextmanager
def file_is(path):
    connection.close()
    name, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(path)
    yield
    connection.close()
    connection.settings_dict["NAME"] = name


def assert_text_is_shown(client):
    answer = client.post("/contact/", filled_in(message="canary text"), REMOTE_ADDR="203.0.113.9")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "canary text" in page and "Your message isn’t sent" in page
    assert 'href="tel:911"' in page and 'href="tel:988"' in page


def assert_message_can_be_sent(client):
    assert client.post("/contact/", filled_in(message="canary text")).status_code == 303
    assert Submission.objects.count() == Notification.objects.count() == 1


def test_text_is_shown_when_the_database_only_reads(client):
    with read_only():
        assert_text_is_shown(client)
    assert_message_can_be_sent(client)


@pytest.mark.parametrize("table", TABLES)
def test_text_is_shown_when_a_table_is_missing(client, table):
    with without(table):
        assert_text_is_shown(client)
    assert_message_can_be_sent(client)


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("name", ["nonsense", "missing/db"])
def test_text_is_shown_when_the_file_is_no_database(client, tmp_path, name):
    (tmp_path / "nonsense").write_bytes(b"no database at all " * 1000)
    with file_is(tmp_path / name):
        assert_text_is_shown(client)
    assert_message_can_be_sent(client)


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_text_is_shown_when_the_server_ends_the_session(client, monkeypatch):
    def end_session():
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.get_backend_pid()])
        other.close()

    with monkeypatch.context() as patch:
        patch.setattr(KeyCheck, "prove", end_session)
        assert_text_is_shown(client)
    connection.close()
    assert_message_can_be_sent(client)


def test_text_is_shown_when_the_proof_of_the_keys_is_damaged(client):
    KeyCheck.prove()
    run("UPDATE intake_keycheck SET sample = 'damaged'")
    KeyCheck._proved_keys = None
    assert_text_is_shown(client)
    assert not Submission.objects.exists()


def test_stored_message_is_thanked_for_when_no_thread_can_be_started(client, monkeypatch):
    def no_thread():
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(wakeup, "wake", no_thread)
    assert_message_can_be_sent(client)
