"""Deletes expired messages and access log entries. Called by vtc_site/background.py and purge_submissions."""

import logging
from collections import Counter
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from intake.models import (
    AccessLogEntry,
    DailyChore,
    DailyCount,
    IntakeSettings,
    Notification,
    Status,
    Submission,
)

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)
BATCH_ROWS = 500


def expired(now):
    """Return the expired messages. Never one on hold, never one that staff have not been notified of."""
    days = IntakeSettings.objects.filter(pk=1).first() or IntakeSettings()
    is_expired = Q(pk=None)
    if days.keep_open_days:
        is_expired |= Q(status__in=Status.waiting(), received_at__lt=now - days.keep_open_days * DAY)
    if days.keep_finished_days:
        is_expired |= Q(
            status__in=Status.finished(), status_changed_at__lt=now - days.keep_finished_days * DAY
        )
    if days.keep_spam_days:
        is_expired |= Q(status=Status.SPAM, status_changed_at__lt=now - days.keep_spam_days * DAY)
    unsent = Notification.objects.to_staff().filter(sent_at=None)
    return Submission.objects.filter(is_expired, is_on_hold=False).exclude(pk__in=unsent.values("submission"))


def purge(*, is_dry_run=False):
    """Delete expired messages and return how many of each status; with is_dry_run only count."""
    now = timezone.now()
    counts = Counter(expired(now).values_list("status", flat=True))
    if not is_dry_run:
        while _delete_batch(now):
            pass
        forget_deleted()
        logger.info("Deleted %d expired message(s).", counts.total())
    return counts


@transaction.atomic
def _delete_batch(now):
    """Delete the next messages and return how many. They are locked: nobody can put one on hold now."""
    batch = list(expired(now).select_for_update().values_list("pk", flat=True)[:BATCH_ROWS])
    Submission.objects.filter(pk__in=batch).delete()
    return len(batch)


def purge_access_log(*, is_dry_run=False):
    """Delete the expired access log entries and return how many; with is_dry_run only count."""
    days = IntakeSettings.objects.filter(pk=1).values_list("keep_access_log_days", flat=True).first()
    if not days:
        return 0
    before = timezone.now() - days * DAY
    if is_dry_run:
        return AccessLogEntry.objects.filter(at__lt=before).count()
    count = AccessLogEntry.objects.delete_before(before)
    logger.info("Deleted %d expired access log entries.", count)
    return count


def purge_daily():
    """Purge once a day in one of all processes; delete the counts of earlier days.

    Only when the last round was one to three days ago: a clock that jumps must not delete anything, and a
    site that was off for a week leaves staff a day to look first.
    """
    now = timezone.now()
    chore, _ = DailyChore.objects.get_or_create(name="purge", defaults={"done_at": now})
    since = now - chore.done_at
    if timedelta(0) <= since < DAY:
        return
    if not DailyChore.objects.filter(pk=chore.pk, done_at=chore.done_at).update(done_at=now):
        return  # another process was faster
    DailyCount.objects.exclude(day=timezone.localdate(now)).delete()
    if DAY <= since <= 3 * DAY:
        purge()
        purge_access_log()


def forget_deleted():
    """Remove deleted text from the database files too, once the deletion is committed.

    SQLite overwrites deleted text in the database itself (secure_delete); copies in its log go with this.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_empty_write_ahead_log)


def _empty_write_ahead_log():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:  # somebody is still reading
            logger.warning("Deleted text is still in the database's log; the next deletion empties it.")
