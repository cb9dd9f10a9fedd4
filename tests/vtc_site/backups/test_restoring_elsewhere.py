"""A backup goes into another database, or the reason is told in words."""

import sqlite3

import pytest
from django.core.management.base import CommandError
from django.db import connection

from tests.bench.site import free_port
from tests.support.backups import everything, filled_database, run, wipe
from vtc_site.models import BackupRecord

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_a_damaged_file_makes_no_table_in_another_database(file, tmp_path):
    run("backup", str(file))
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("restore", str(file), "--into", f"sqlite:///{tmp_path}/other.sqlite3")
    assert not (tmp_path / "other.sqlite3").exists()
