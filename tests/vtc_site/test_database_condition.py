"""A start without its database, with a damaged one, or with other keys: told in words, with the way out."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tests.bench.site import free_port
from tests.vtc_site.test_checks import GOOD
from vtc_site import database_condition, tables
from vtc_site.management.commands import prepare_database

pytestmark = pytest.mark.once
SECRET = "canary-password"


def environment(database_url, **changed):
    process = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATABASE_URL": database_url}
    return process | GOOD | changed


def manage(*command, env):
    command = [sys.executable, "manage.py", *command]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=env, text=True, capture_output=True, timeout=100
    )


def prepare(database_url, **changed):
    done = manage("prepare_database", env=environment(database_url, **changed))
    return done.returncode, done.stderr


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    file = tmp_path_factory.mktemp("prepared") / "db.sqlite3"
    assert prepare(f"sqlite:///{file}") == (0, "")
    return file


@pytest.fixture
def file(tmp_path, prepared):
    return Path(shutil.copy(prepared, tmp_path))


def assert_refused(file, *words, **changed):
    status, told = prepare(f"sqlite:///{file}", **changed)
    assert status == 1 and "Traceback" not in told
    assert [each for each in words if each not in told] == []


def test_a_database_that_is_down_is_one_line_and_no_password(tmp_path):
    status, words = prepare(f"postgres://vtc:{SECRET}@127.0.0.1:{free_port()}/vtc")
    assert status == 75
    assert words.splitlines() == [
        "The database is down. Nobody listens at the host and port of DATABASE_URL. Is PostgreSQL running?"
    ]


def test_a_folder_that_is_missing_is_named(tmp_path):
    status, words = prepare(f"sqlite:///{tmp_path}/nowhere/db.sqlite3")
    assert status == 75 and "SQLITE_CANTOPEN" in words and len(words.splitlines()) == 1


def test_it_catches_up_when_the_database_is_there(file, tmp_path):
    folder, ready = tmp_path / "later", tmp_path / "ready"
    ready.mkdir()
    file.rename(ready / "db.sqlite3")
    command = [sys.executable, "manage.py", "prepare_database", "--wait"]
    env = environment(f"sqlite:///{folder}/db.sqlite3")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, **pipes) as waiting:
        assert "The database is down." in waiting.stderr.readline()
        ready.rename(folder)
        told, _ = waiting.communicate(timeout=100)
    assert waiting.returncode == 0 and "The database answers again and is up to date." in told


def test_a_corrupt_file_is_refused_with_the_way_out(file):
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 30] = os.urandom(4096 * 27)
    file.write_bytes(content)
    assert_refused(file, f"{file} is damaged", "Copy it", "manage.py restore")


def test_a_file_that_is_none_of_sqlite_is_refused(file):
    file.write_bytes(b"something else" * 1000)
    assert_refused(file, f"{file} is damaged (DatabaseError (SQLITE_NOTADB))")


def test_a_lost_wal_is_refused_with_the_way_out(file):
    file.with_name("db.sqlite3-shm").write_bytes(bytes(32768))
    assert_refused(file, "db.sqlite3-wal is gone", "Bring the file back", "manage.py restore")


def test_messages_that_went_with_the_wal_are_missed_without_the_shm_too(file):
    code = "from tests.support.messages import stored_message; stored_message(); stored_message(message='2')"
    older = file.read_bytes()
    assert manage("shell", "-c", code, env=environment(f"sqlite:///{file}")).returncode == 0
    assert prepare(f"sqlite:///{file}")[0] == 0
    for each in file.parent.glob("db.sqlite3-[ws]*"):
        each.unlink()
    file.write_bytes(older)
    assert_refused(file, "ends with message 0, but message 2 was stored", "Bring the newer files back")
    file.unlink()  # on purpose: somebody begins anew
    assert prepare(f"sqlite:///{file}")[0] == 0


def of_an_older_checkout(file):
    """Take back a column that today's first migration makes, and with it what names it."""
    with closing(sqlite3.connect(file)) as older:
        names = "SELECT name FROM sqlite_master WHERE sql LIKE ? AND type = 'index' AND tbl_name = ?"
        for (index,) in older.execute(names, ["%reply_time%", "intake_intakesettings"]).fetchall():
            older.execute(f"DROP INDEX {index}")
        older.execute("ALTER TABLE intake_intakesettings DROP COLUMN reply_time")


def test_tables_of_an_older_checkout_are_named_though_every_migration_counts_as_applied(file):
    of_an_older_checkout(file)
    words = "intake_intakesettings has no column reply_time", "Begin anew", "check out the commit"
    assert_refused(file, *words)
    told = manage("doctor", env=environment(f"sqlite:///{file}", SITE_URL="http://127.0.0.1:1"))
    assert "Traceback" not in told.stderr and [each for each in words if each not in told.stdout] == []
    assert "A message can be stored and read: not checked, the tables are not" in told.stdout


@pytest.mark.parametrize("column", ["VARCHAR(9) NOT NULL DEFAULT ''", "VARCHAR(9) NULL"])
def test_a_column_that_a_later_release_added_keeps_the_way_back_open(file, column):
    with closing(sqlite3.connect(file)) as later:
        later.execute(f"ALTER TABLE content_page ADD COLUMN later {column}")
    assert prepare(f"sqlite:///{file}") == (0, "")


def test_a_column_of_a_newer_release_that_wants_a_value_is_named_with_its_migration(file):
    with closing(sqlite3.connect(file)) as later, later:
        later.execute("ALTER TABLE intake_submission ADD COLUMN later INTEGER NOT NULL DEFAULT 0")
        later.execute("PRAGMA writable_schema = ON")
        later.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL DEFAULT 0', ' NOT NULL')")
        later.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('intake', '0002_later', '2026-01-01')"
        )
    words = "intake_submission wants a value for later", "applied: intake.0002_later; ", "1. Did an upgrade"
    assert_refused(file, *words, "in a checkout of the code that has them: as-vtc")


@pytest.mark.django_db
def test_a_column_without_a_migration_is_told_as_made_by_hand(monkeypatch):
    monkeypatch.setattr(tables, "_misfit", lambda *args: f"intake_submission {tables.WANTS} broken")
    assert "broken. No migration of another release is noted here: it was made by hand" in tables.problem()


def test_the_code_that_undoes_them_is_named_where_a_failed_upgrade_left_it(monkeypatch, tmp_path):
    (tmp_path / "manage.py").touch()
    monkeypatch.setattr(tables, "NEXT", tmp_path)
    assert f"as-vtc sh -c 'cd {tmp_path} && .venv/bin/python manage.py" in tables._where_to_undo()


@pytest.mark.django_db
def test_migrations_that_were_undone_are_named_with_the_command_that_applies_them(monkeypatch):
    monkeypatch.setattr(tables, "_misfit", lambda *args: "intake_submission has no column phone")
    assert "Begin anew" in tables.problem()
    MigrationRecorder(connection).record_unapplied("intake", "0001_initial")
    told = tables.problem()
    assert (
        "not applied: intake.0001_initial, or were undone" in told and "`manage.py migrate` applies" in told
    )
    assert "Begin anew" not in told


@pytest.mark.parametrize(
    "command", ["backup new.vtc", "add_staff a@example.com --role owner", "send_notifications --once"]
)
def test_a_command_without_its_database_answers_in_one_line(command):
    told = manage(*command.split(), env=environment(f"postgres://vtc:{SECRET}@127.0.0.1:{free_port()}/vtc"))
    assert told.returncode == 1 and told.stderr.splitlines() == [
        "The database is down. Nobody listens at the host and port of DATABASE_URL. Is PostgreSQL running?"
    ]


def test_a_command_with_tables_of_an_older_checkout_names_them(file):
    of_an_older_checkout(file)
    told = manage("purge_submissions", env=environment(f"sqlite:///{file}"))
    assert "Traceback" not in told.stderr and "has no column reply_time" in told.stderr


def test_other_keys_are_refused_before_anything_is_written(file):
    _write_the_proof(file)
    other = Fernet.generate_key().decode()
    before = file.read_bytes()
    assert_refused(file, "FIELD_ENCRYPTION_KEYS lacks the key", "NEW,OLD", FIELD_ENCRYPTION_KEYS=other)
    assert file.read_bytes() == before
    both = f"{other},{GOOD['FIELD_ENCRYPTION_KEYS']}"
    assert prepare(f"sqlite:///{file}", FIELD_ENCRYPTION_KEYS=both)[0] == 0
    keys = environment(f"sqlite:///{file}", FIELD_ENCRYPTION_KEYS=other)
    assert (
        "(vtc_site.E007) FIELD_ENCRYPTION_KEYS lacks"
        in manage("check", "--database", "default", env=keys).stderr
    )


def _write_the_proof(file):
    code = "from intake.models import KeyCheck; KeyCheck.prove()"
    assert manage("shell", "-c", code, env=environment(f"sqlite:///{file}")).returncode == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('FATAL:  password authentication failed for user "vtc"', "refuses the user or the password"),
        ('FATAL:  role "vtc" does not exist', "does not know the user"),
        ('FATAL:  database "vtc" does not exist', "has no database of the name"),
        ('could not translate host name "canary" to address', "is not known to this machine"),
        ("timeout expired", "did not answer in time"),
        ("FATAL:  sorry, too many clients already", "has no connection left"),
    ],
)
def test_what_postgresql_says_becomes_what_to_look_at(monkeypatch, said, words):
    monkeypatch.setattr(database_condition.connection, "vendor", "postgresql", raising=False)
    assert words in database_condition._words(Exception(said))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "status"),
    [(models.TextField(default=""), prepare_database.STOPPING), (models.TextField(db_default=""), 0)],
)
def test_a_column_that_stops_the_release_that_serves_is_told_before_anything_is_changed(
    monkeypatch, capsys, field, status
):
    migration = migrations.Migration("0002_later", "intake")
    migration.operations = [migrations.AddField("submission", "later", field)]
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: [(migration, False)])
    monkeypatch.setattr(prepare_database, "_migrate", pytest.fail)
    with pytest.raises(SystemExit) as end:
        call_command("prepare_database", look=True)
    assert end.value.code == status
    assert ("intake.0002_later: Add field later to submission" in capsys.readouterr().err) == bool(status)
