"""Deletes messages and looks whose time is over. Called by vtc_site/background.py and purge_submissions."""

import logging
from collections import Counter
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from intake.models import AccessLogEntry, DailyChore, IntakeSettings, Notification, SenderTally, Submission

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)
BATCH_ROWS = 500
Status = Submission.Status
OPEN = (Status.NEW, Status.CLAIMED, Status.TRIED)
FINISHED = (Status.REACHED, Status.REFERRED, Status.CLOSED)


def expired(now):
    """Return the messages whose days are over. Never one on hold, never one staff have not been told of."""
    days = IntakeSettings.objects.filter(pk=1).first() or IntakeSettings()
    is_over = Q(pk=None)
    if days.keep_open_days:
        is_over |= Q(status__in=OPEN, received_at__lt=now - days.keep_open_days * DAY)
    if days.keep_finished_days:
        is_over |= Q(status__in=FINISHED, status_changed_at__lt=now - days.keep_finished_days * DAY)
    if days.keep_spam_days:
        is_over |= Q(status=Status.SPAM, status_changed_at__lt=now - days.keep_spam_days * DAY)
    untold = Notification.objects.to_staff().filter(sent_at=None)
    return Submission.objects.filter(is_over, is_on_hold=False).exclude(pk__in=untold.values("submission"))


def purge(*, is_dry_run=False):
    """Delete what is expired and return how many of each status; with is_dry_run only count."""
    now = timezone.now()
    counts = Counter(expired(now).values_list("status", flat=True))
    if not is_dry_run:
        while _delete_batch(now):
            pass
        forget_deleted()
        logger.info("Deleted %d message(s) whose time was over.", counts.total())
    return counts


@transaction.atomic
def _delete_batch(now):
    """Delete the next messages and return how many. They are locked: nobody decides meanwhile to keep one."""
    batch = list(expired(now).select_for_update().values_list("pk", flat=True)[:BATCH_ROWS])
    Submission.objects.filter(pk__in=batch).delete()
    return len(batch)


def purge_looks(*, is_dry_run=False):
    """Delete the looks that are old enough and return how many; with is_dry_run only count."""
    days = IntakeSettings.objects.filter(pk=1).values_list("keep_reads_days", flat=True).first()
    if not days:
        return 0
    before = timezone.now() - days * DAY
    if is_dry_run:
        return AccessLogEntry.objects.filter(at__lt=before).count()
    count = AccessLogEntry.objects.forget_before(before)
    logger.info("Deleted %d record(s) of looks whose time was over.", count)
    return count


def purge_daily():
    """Purge once a day on one of all processes; throw away yesterday's tallies of network addresses.

    Only when the last round was one to three days ago: a clock that jumps must not delete anything, and a
    site that was off for a week has a day to be looked at first.
    """
    now = timezone.now()
    chore, _ = DailyChore.objects.get_or_create(name="purge", defaults={"done_at": now})
    since = now - chore.done_at
    if timedelta(0) <= since < DAY:
        return
    if not DailyChore.objects.filter(pk=chore.pk, done_at=chore.done_at).update(done_at=now):
        return  # another process was faster
    SenderTally.objects.exclude(day=timezone.localdate(now)).delete()
    if DAY <= since <= 3 * DAY:
        purge()
        purge_looks()


def forget_deleted():
    """Remove what was deleted from the database files too, once the deletion is committed.

    SQLite overwrites deleted text in the database itself (secure_delete); copies in its log go with this.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_empty_write_ahead_log)


def _empty_write_ahead_log():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:  # somebody is reading, and went on longer than SQLite waits
            logger.warning("What was deleted is still in the database's log; the next deletion empties it.")
