"""A backup is whole, shows nothing to others, and replaces nothing."""

import errno
import stat

import pytest
from cryptography.fernet import Fernet
from django.core.management.base import CommandError

from intake import encryption
from tests.support.backups import CANARY, filled_database, run
from vtc_site import release
from vtc_site.backups import writing
from vtc_site.models import BackupRecord

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.once
def test_file_is_for_its_owner_only_and_shows_no_text(file):
    filled_database()
    run("backup", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert CANARY.encode() not in file.read_bytes() and b"vtc.example" not in file.read_bytes()
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.once
def test_a_folder_is_no_file_to_write_to(file):
    with pytest.raises(CommandError, match=r"is a folder\. Name a new file in it"):
        run("backup", str(file.parent))
    assert list(file.parent.parent.glob("*.unfinished")) == []


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
    with pytest.raises(CommandError, match="damaged, or FIELD_ENCRYPTION_KEYS lacks its key"):
        run("backup", "--verify", str(file))


def test_a_missing_key_is_told_by_its_fingerprint_and_a_damage_is_not_taken_for_one(file, settings):
    run("backup", str(file))
    [fingerprint] = encryption.fingerprints()
    content = file.read_bytes()
    file.write_bytes(content[:50] + b"AAAA" + content[54:])
    with pytest.raises(CommandError, match="damaged"):
        run("backup", "--verify", str(file))
    file.write_bytes(content)
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    for command in (["backup", "--verify"], ["restore"]):
        with pytest.raises(CommandError, match=f"lacks the key .* fingerprint {fingerprint}"):
            run(*command, str(file))


def test_a_backup_that_fails_leaves_nothing_behind(file, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(CommandError, match="No backup was written"):
        patch.setattr(writing.os, "fsync", full)
        run("backup", str(file))
    assert list(file.parent.iterdir()) == [] and not BackupRecord.objects.exists()
    run("backup", str(file))
    assert list(file.parent.iterdir()) == [file]
