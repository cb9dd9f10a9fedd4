"""A backup brings everything back, shows nothing to others, and is refused when damaged or misplaced."""

import errno
import sqlite3
import stat
from datetime import timedelta
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from intake.models import Deletion, IntakeSettings, KeyCheck, Notification, Submission
from intake.outbox import delivery
from intake.receiving import own_message
from tests.bench.site import free_port
from tests.support.messages import stored_message
from tests.support.staff import make_staff
from vtc_site import backups, health, release
from vtc_site.models import BackupRecord

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "canary words"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "backup.vtc"


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def everything():
    """Return all rows of all tables, with the texts decrypted."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in backups.LEFT_OUT
    }


def wipe():
    call_command("flush", interactive=False, verbosity=0)


def filled_database():
    make_staff()
    IntakeSettings.objects.create(reply_time="By noon.")
    for number in range(30):
        stored_message(message=f"{CANARY} {number}", name="José 🙂")


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


@pytest.mark.once
def test_file_is_for_its_owner_only_and_shows_no_text(file):
    filled_database()
    run("backup", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert CANARY.encode() not in file.read_bytes() and b"vtc.example" not in file.read_bytes()
    assert list(file.parent.iterdir()) == [file]


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
    with pytest.raises(CommandError, match="lacks its key"):
        run("restore", str(file))
    settings.FIELD_ENCRYPTION_KEYS = [*settings.FIELD_ENCRYPTION_KEYS, *old]
    run("restore", str(file))
    assert Submission.objects.filter(pk__gt=0).first().message.startswith(CANARY)


@pytest.mark.once
def test_restore_is_refused_with_another_release(file, monkeypatch):
    filled_database()
    run("backup", str(file))
    wipe()
    monkeypatch.setattr(backups, "_migrations", lambda: ["intake.0099_future"])
    with pytest.raises(CommandError, match="another release"):
        run("restore", str(file))


def changed(file, change):
    """Write the lines of a backup anew, each after `change`, as another release would have written them."""
    lines = [change(line) for line in backups._lines(file)]
    with open(file, "wb") as rewritten:
        for line in lines:
            backups._write_line(rewritten, line)


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
def test_a_folder_is_no_file_to_write_to(file):
    with pytest.raises(CommandError, match=r"is a folder\. Name a new file in it"):
        run("backup", str(file.parent))
    assert list(file.parent.parent.glob("*.unfinished")) == []


@pytest.mark.once
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_place_that_does_not_exist_is_named(command, file):
    with pytest.raises(CommandError, match="no-such-folder"):
        run(command, str(file.parent / "no-such-folder" / file.name))


@pytest.mark.once
def test_earlier_backup_is_never_replaced(file):
    file.write_text("an earlier one")
    with pytest.raises(CommandError, match="No backup was written"):
        run("backup", str(file))
    assert file.read_text() == "an earlier one" and list(file.parent.iterdir()) == [file]


def test_a_backup_is_verified_and_says_what_it_is(file):
    filled_database()
    run("backup", str(file))
    said = run("backup", "--verify", str(file))
    assert f"{file} is complete: " in said and f"release {release.version()}, commit" in said
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(CommandError, match="cannot be restored: The backup is not complete"):
        run("backup", "--verify", str(file))
    file.write_bytes(b"something else")
    with pytest.raises(CommandError, match="damaged, or written with another key"):
        run("backup", "--verify", str(file))


@pytest.mark.once
@pytest.mark.parametrize("command", [("backup", "--verify"), ("restore",)])
def test_a_file_that_cannot_be_opened_is_told_in_words(file, command, monkeypatch):
    with pytest.raises(CommandError, match=r"backup\.vtc cannot be read: No such file or directory\."):
        run(*command, str(file))
    monkeypatch.setattr(backups, "_inspect", lambda path: (_ for _ in ()).throw(PermissionError(13, "no")))
    with pytest.raises(CommandError, match=r"cannot be read: the user .* may not\. Put it into a folder"):
        run(*command, str(file))


def test_a_backup_that_fails_leaves_nothing_behind(file, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(CommandError, match="No backup was written"):
        patch.setattr(backups.os, "fsync", full)
        run("backup", str(file))
    assert list(file.parent.iterdir()) == [] and not BackupRecord.objects.exists()
    run("backup", str(file))
    assert list(file.parent.iterdir()) == [file]


def test_the_age_of_the_last_backup_is_watched(file, settings):
    assert "There is no backup yet" in backups.age_problem() and "start vtc-backup`" in backups.age_problem()
    run("backup", str(file))
    assert backups.age_problem() == "" and BackupRecord.objects.get().rows > 0
    BackupRecord.objects.update(finished_at=timezone.now() - timedelta(days=3))
    assert "3 days old" in backups.age_problem()
    assert backups.age_problem() in health.state()["warnings"]


@pytest.mark.once
def test_a_backup_goes_into_another_database_and_this_one_is_not_touched(file, tmp_path):
    filled_database()
    run("backup", str(file))
    before = everything()
    assert "rows were restored" in run("restore", str(file), "--into", f"sqlite:///{tmp_path}/other.sqlite3")
    assert everything() == before
    with sqlite3.connect(tmp_path / "other.sqlite3") as other:
        assert other.execute("SELECT count(*) FROM intake_submission").fetchone() == (30,)
    other.close()
    with pytest.raises(CommandError, match="has messages or staff"):
        run("restore", str(file), "--into", f"sqlite:///{tmp_path}/other.sqlite3")


@pytest.mark.once
def test_another_database_that_does_not_answer_is_told_in_words(file):
    run("backup", str(file))
    url = f"postgres://vtc:canary-password@127.0.0.1:{free_port()}/vtc"
    assert refusal(file, url) == (
        "Nothing was restored into the other database. The database is down. Nobody listens at the host and"
        " port of --into. Is PostgreSQL running?"
    )


def refusal(file, url):
    with pytest.raises(CommandError) as told:
        run("restore", str(file), "--into", url)
    return str(told.value)


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_a_postgresql_that_refuses_is_told_in_words_without_the_password(file):
    run("backup", str(file))
    known = connection.settings_dict
    place = f"{known['HOST']}:{known['PORT']}"
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS guest")
        cursor.execute("CREATE ROLE guest LOGIN PASSWORD 'canary-password'")
    for url, words in {
        f"postgres://{known['USER']}:canary-password@{place}/{known['NAME']}": "refuses the user or",
        f"postgres://guest:canary-password@{place}/no_such": "has no database of the name",
        f"postgres://guest:canary-password@{place}/postgres": "does not let the user of --into make tables",
        f"postgres://guest:canary-password@no-such-host.invalid:5432/{known['NAME']}": "is not known to this",
    }.items():
        said = refusal(file, url)
        assert words in said and "canary" not in said and len(said.splitlines()) == 1


@pytest.mark.parametrize("url", ["", " "])
def test_an_address_that_a_shell_left_empty_touches_no_database(file, url):
    run("backup", str(file))
    wipe()
    assert "--into is empty" in refusal(file, url)
    assert not BackupRecord.objects.exists()


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
