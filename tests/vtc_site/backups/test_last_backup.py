"""Operators hear of a backup that is too old, or gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.support.backups import filled_database, run, wipe
from vtc_site import health
from vtc_site.backups import last_backup
from vtc_site.models import BackupRecord

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_age_of_the_last_backup_is_watched(file, settings):
    assert (
        "There is no backup yet" in last_backup.age_problem()
        and "start vtc-backup`" in last_backup.age_problem()
    )
    run("backup", str(file))
    assert last_backup.age_problem() == "" and BackupRecord.objects.get().rows > 0
    BackupRecord.objects.update(finished_at=timezone.now() - timedelta(days=3))
    assert "3 days old" in last_backup.age_problem()
    assert last_backup.age_problem() in health.state()["warnings"]


def test_after_a_restore_the_file_that_was_restored_counts_as_the_last_backup(file, tmp_path):
    filled_database()
    run("backup", str(file))
    later = tmp_path / "later.vtc"
    run("backup", str(later))  # the newest file holds the record of the one before
    file.unlink()
    wipe()
    run("restore", str(later))
    assert (last_backup.file_problem(), last_backup.age_problem()) == ("", "")
    later.unlink()
    assert f"{later} is gone" in last_backup.file_problem()
    assert "systemctl start vtc-backup" in last_backup.file_problem()
