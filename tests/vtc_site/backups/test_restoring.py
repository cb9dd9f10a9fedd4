"""A backup brings everything back, and is refused when damaged or misplaced."""

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth.models import User
from django.core.management.base import CommandError

from intake.models import Deletion, KeyCheck, Notification, Submission
from intake.outbox import delivery
from intake.receiving import own_message
from tests.support.backups import CANARY, everything, filled_database, run, wipe
from tests.support.messages import stored_message
from vtc_site import release
from vtc_site.backups import file_format

pytestmark = pytest.mark.django_db(transaction=True)


def test_everything_is_as_it_was_after_backup_wipe_and_restore(file):
    filled_database()
    before = everything()
    assert f"in {file}" in run("backup", str(file))
    wipe()
    assert not Submission.objects.exists()
    assert "rows were restored" in run("restore", str(file))
    assert everything() == before
    KeyCheck.prove()
    last = Submission.objects.latest("pk").pk
    assert stored_message(message="a new one").pk > last


def test_one_mail_goes_out_after_a_restore_however_many_notices_waited(file, postbox):
    filled_database()
    run("backup", str(file))
    wipe()
    run("restore", str(file))
    delivery.deliver_due()
    assert len(postbox.mails) == 1
    assert not Notification.objects.filter(sent_at=None).exists()


def test_restore_is_refused_where_messages_or_staff_are(file):
    filled_database()
    run("backup", str(file))
    with pytest.raises(CommandError, match="has messages or staff"):
        run("restore", str(file))
    Submission.objects.all().delete()
    with pytest.raises(CommandError, match="has messages or staff"):
        run("restore", str(file))
    assert User.objects.count() == 1


@pytest.mark.once
@pytest.mark.parametrize("damage", ["cut", "flip", "empty"])
def test_restore_changes_nothing_when_the_file_is_damaged(file, damage):
    filled_database()
    run("backup", str(file))
    wipe()
    content = file.read_bytes()
    lines = content.splitlines(keepends=True)
    file.write_bytes(
        {"cut": b"".join(lines[:-1]), "flip": content[:50] + b"AAAA" + content[54:], "empty": b""}[damage]
    )
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("restore", str(file))
    assert not Submission.objects.exists()


def test_restore_needs_the_key_of_that_time(file, settings):
    filled_database()
    run("backup", str(file))
    wipe()
    old = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="lacks the key"):
        run("restore", str(file))
    settings.FIELD_ENCRYPTION_KEYS = [*settings.FIELD_ENCRYPTION_KEYS, *old]
    run("restore", str(file))
    assert Submission.objects.filter(pk__gt=0).first().message.startswith(CANARY)


@pytest.mark.once
def test_restore_is_refused_with_another_release(file, monkeypatch):
    filled_database()
    run("backup", str(file))
    wipe()
    monkeypatch.setattr(file_format, "migrations", lambda: ["intake.0099_future"])
    with pytest.raises(CommandError, match="another release"):
        run("restore", str(file))


def changed(file, change):
    """Write the lines of a backup anew, each after `change`, as another release would have written them."""
    lines = [change(line) for line in file_format.lines(file)]
    with open(file, "wb") as rewritten:
        for line in lines:
            file_format.write_line(rewritten, line)


def a_column_less(line):
    rows = [row[:-1] for row in line["rows"]] if line.get("model") == "intake.Submission" else None
    return line | {"rows": rows} if rows else {name: line[name] for name in line if name != "columns"}


def another_model(line):
    return line | {"model": "intake.Enquiry"} if line.get("model") == "intake.Submission" else line


def other_columns(line):
    return line | {"columns": {"intake.Enquiry": ["id"]}} if "columns" in line else line


@pytest.mark.parametrize("change", [a_column_less, another_model, other_columns])
def test_rows_that_do_not_fit_are_refused_with_release_and_commit(file, change):
    stored_message(message=CANARY)
    run("backup", str(file))
    wipe()
    changed(file, change)
    with pytest.raises(CommandError, match=rf"release \({release.version()}, commit {release.commit()}\)"):
        run("restore", str(file))
    assert not Submission.objects.exists()


@pytest.mark.once
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_place_that_does_not_exist_is_named(command, file):
    with pytest.raises(CommandError, match="no-such-folder"):
        run(command, str(file.parent / "no-such-folder" / file.name))


@pytest.mark.once
@pytest.mark.parametrize("command", [("backup", "--verify"), ("restore",)])
def test_a_file_that_cannot_be_opened_is_told_in_words(file, command, monkeypatch):
    with pytest.raises(CommandError, match=r"backup\.vtc cannot be read: No such file or directory\."):
        run(*command, str(file))
    monkeypatch.setattr(file_format, "verify", lambda path: (_ for _ in ()).throw(PermissionError(13, "no")))
    with pytest.raises(CommandError, match=r"cannot be read: the user .* may not\. Put it into a folder"):
        run(*command, str(file))


def test_a_message_that_its_sender_deleted_does_not_come_back(file, tmp_path):
    deleted, kept = stored_message(message="deleted"), stored_message(message="kept")
    run("backup", str(file))
    own_message.delete(own_message.with_reference(deleted.reference))
    later = tmp_path / "later.vtc"
    run("backup", str(later))
    wipe()
    run("restore", str(file), "--deletions-from", str(later))
    assert Submission.objects.get().reference == kept.reference
    assert Deletion.objects.get().reference == deleted.reference


def test_the_stubs_of_this_database_are_applied_to_an_older_backup(file):
    deleted = stored_message(message="deleted")
    run("backup", str(file))
    wipe()
    Deletion.objects.create(reference=deleted.reference)
    run("restore", str(file))
    assert not Submission.objects.exists() and Deletion.objects.exists()
