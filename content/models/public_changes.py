"""Which commits changed what visitors see: how every process and host learns that its memory is old."""

import secrets

from django.db import models, transaction

from content.caching import stamp_file

KEPT = 1000  # rows; only the newest few are ever compared


def new_token():
    return secrets.randbits(62)


class PublicChange(models.Model):
    """One commit that changed something public. Rows are only added, so editors never wait for each other.

    The token tells a change from the one that had the same id before a backup was restored.
    """

    token = models.BigIntegerField(default=new_token)

    def __str__(self):
        return f"Change {self.pk}"

    @classmethod
    def record(cls):
        """Record, once for the current transaction, that it changes something public.

        The row commits with the change itself; the stamp is touched after the commit and before the save
        returns to whoever asked for it.
        """
        connection = transaction.get_connection()
        if any(waiting[1] is stamp_file.touch for waiting in connection.run_on_commit):
            return
        row = cls.objects.create()
        transaction.on_commit(stamp_file.touch)
        if row.pk % KEPT == 0:
            cls.objects.filter(pk__lte=row.pk - KEPT).delete()


class PublicQuerySet(models.QuerySet):
    """Records changes that send no signal: `update()`, what is built on it, and `bulk_create()`.

    In one transaction with the change: recorded before it, a process could remember the old text as the new.
    """

    def update(self, **values):
        with transaction.atomic(savepoint=False):
            PublicChange.record()
            return super().update(**values)

    update.alters_data = True

    def bulk_create(self, objs, *args, **options):
        with transaction.atomic(savepoint=False):
            PublicChange.record()
            return super().bulk_create(objs, *args, **options)

    bulk_create.alters_data = True
