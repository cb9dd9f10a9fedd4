"""Encrypted at rest: the database never sees a text, a wrong key is never overlooked, keys can be changed."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from intake import encryption
from intake.encryption import DecryptionError
from intake.models import KeyCheck, Note, Submission
from intake.outbox import delivery
from intake.staff import search, workflow
from tests.support.messages import filled_in, stored_message
from tests.support.staff import make_staff

pytestmark = pytest.mark.django_db
SECRETS = {
    "name": "Canary Name",
    "phone": "(818) 555-0100",
    "email": "canary@example.org",
    "relationship": "canary mother",
    "message": "canary heroin",
}


@pytest.fixture
def keys(settings):
    """Set the keys of the environment: keys(new, old)."""

    def use(*keys):
        settings.FIELD_ENCRYPTION_KEYS = list(keys)

    use.first = settings.FIELD_ENCRYPTION_KEYS[0]
    use.new = lambda: Fernet.generate_key().decode()
    return use


def raw_row():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_submission")
        return " ".join(str(value) for value in cursor.fetchone())


def test_texts_are_read_back_and_the_database_never_sees_them():
    stored_message(reason="someone-else", **SECRETS)
    submission = Submission.objects.get()
    assert {name: getattr(submission, name) for name in SECRETS} == SECRETS
    row = raw_row()
    for text in (*SECRETS.values(), "canary", "8185550100"):
        assert text.lower() not in row.lower()


def test_same_text_never_looks_the_same_twice():
    stored_message(message="one", name="Same")
    stored_message(message="two", name="Same")
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT name FROM intake_submission")
        assert len(cursor.fetchall()) == 2


def test_wrong_key_raises_when_a_message_is_read(keys):
    stored_message()
    keys(keys.new())
    with pytest.raises(DecryptionError, match=r"Submission\.\w+"):
        Submission.objects.get()


def test_staff_are_told_of_messages_that_the_keys_do_not_read(keys, mailoutbox):
    make_staff()
    stored_message()
    keys(keys.new())
    assert delivery.deliver_due() == 1 and len(mailoutbox) == 1


def test_wrong_key_stores_nothing_and_the_person_is_told(keys, client, caplog):
    stored_message()
    keys(keys.new())
    answer = client.post("/contact/", filled_in(message="another canary"))
    assert answer.status_code == 503 and "another canary" in answer.content.decode()
    assert Submission.objects.count() == 1
    assert "DecryptionError" in caplog.text and "canary" not in caplog.text


def test_missing_key_stores_nothing_and_the_person_is_told(keys, client):
    keys()
    answer = client.post("/contact/", filled_in(message="another canary"))
    assert answer.status_code == 503 and "another canary" in answer.content.decode()
    assert not Submission.objects.exists()
    with pytest.raises(ImproperlyConfigured):
        encryption.box()


@pytest.mark.parametrize("lookup", ["name", "name__icontains", "name__in", "name__gt"])
def test_filtering_raises_because_it_could_never_find_anything(lookup):
    with pytest.raises(FieldError, match="is encrypted"):
        Submission.objects.filter(**{lookup: ["x"] if lookup.endswith("in") else "x"}).exists()
    assert Submission.objects.filter(name__isnull=False).count() == 0


def test_expressions_are_refused_because_they_would_store_clear_text():
    stored_message()
    with pytest.raises(FieldError, match="not a database expression"):
        Submission.objects.update(name=Concat(F("reference"), Value("x")))


def test_dumps_are_refused_because_they_would_be_clear_text():
    stored_message()
    with pytest.raises(Exception, match="in clear"):
        call_command("dumpdata", "intake.Submission", stdout=StringIO())


def test_search_hashes_match_other_spellings_and_differ_between_purposes():
    stored_message(phone="(818) 555-0100", email="Sam@Example.org")
    submission = Submission.objects.get()
    assert submission.phone_hash in encryption.keyed_hashes("phone", "+18185550100")
    assert submission.email_hash in encryption.keyed_hashes("email", "sam@example.org")
    assert encryption.keyed_hashes("phone", "x") != encryption.keyed_hashes("email", "x")


def test_old_key_can_go_when_the_command_says_so(keys):
    for number in range(3):
        stored_message(message=f"number {number}")
    new = keys.new()
    keys(new, keys.first)
    assert encryption.rows_with_older_keys() == 4  # three messages and the key check
    out = StringIO()
    call_command("rotate_encryption_keys", stdout=out)
    first, second = encryption.fingerprints()
    assert f"stands first has the fingerprint {first}" in out.getvalue()
    assert "4 row(s) were renewed" in out.getvalue()
    assert f"The older ones ({second}) can be removed" in out.getvalue()
    assert first not in new and second not in keys.first
    keys(new)
    assert {submission.message for submission in Submission.objects.all()} == {
        f"number {n}" for n in range(3)
    }
    KeyCheck.prove()


def test_a_new_key_that_stands_behind_the_old_one_is_noticed(keys):
    stored_message()
    keys(keys.first, keys.new())
    out = StringIO()
    call_command("rotate_encryption_keys", stdout=out)
    assert "0 row(s) were renewed" in out.getvalue()
    assert "Remove none: the new key must stand FIRST, NEW,OLD." in out.getvalue()


def test_rotation_without_the_old_key_says_what_is_missing(keys):
    stored_message()
    keys(keys.new())
    with pytest.raises(CommandError, match=r"older one.*\n  1\. Put it back behind the new one, NEW,OLD"):
        call_command("rotate_encryption_keys", stdout=StringIO())


def test_rotation_goes_on_where_it_was_killed(keys, monkeypatch):
    for number in range(3):
        stored_message(message=f"number {number}")
    keys(keys.new(), keys.first)
    update, calls = QuerySet.update, []

    def killed_after_two(rows, **values):
        calls.append(values)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return update(rows, **values)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(QuerySet, "update", killed_after_two)
        encryption.rotate()
    assert encryption.rows_with_older_keys() == 2
    assert encryption.rotate() == 2
    assert encryption.rows_with_older_keys() == 0


def test_deleted_row_is_no_obstacle_to_rotation(keys, monkeypatch):
    doomed = stored_message()
    keys(keys.new(), keys.first)
    monkeypatch.setattr(
        encryption, "_older_rows", lambda model, names: [doomed.pk] if model is Submission else []
    )
    Submission.objects.all().delete()
    assert encryption.rotate() == 0


def test_notes_and_search_work_with_the_new_key_alone(keys):
    submission = stored_message(email="sam@example.org")
    workflow.add_note(submission, by=make_staff(), text="Sounded tired.")
    new = keys.new()
    keys(new, keys.first)
    call_command("rotate_encryption_keys", stdout=StringIO())
    keys(new)
    assert Note.objects.get().text == "Sounded tired."
    for text in ("818-555-0100", "sam@example.org", "Rivers"):
        assert search.find(text).messages == [submission]


@pytest.mark.parametrize("text", ["short", "I want to stop, and I do not know how. " * 60, "é🙂\n" * 500])
def test_a_long_text_is_compressed_before_it_is_encrypted_and_comes_back_whole(text):
    pk = stored_message(message=text.strip()).pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT message FROM intake_submission WHERE id = %s", [pk])
        lies = cursor.fetchone()[0]
    plain = len(encryption.box().encrypt(text.strip().encode()))
    assert len(lies) <= plain and (len(text) < 100 or len(lies) < plain / 2)
    assert Submission.objects.get(pk=pk).message == text.strip()


def test_a_text_that_was_stored_uncompressed_is_read():
    pk = stored_message(message="canary").pk
    with connection.cursor() as cursor:
        token = encryption.box().encrypt(b"as it was stored before").decode()
        cursor.execute("UPDATE intake_submission SET message = %s WHERE id = %s", [token, pk])
    assert Submission.objects.get(pk=pk).message == "as it was stored before"
