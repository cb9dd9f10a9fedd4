"""The access log: who saw which message, when and how. Written by staff/access_log.py."""

from django.db import models

from intake.models.timeline import StaffRecord


class AccessLogProtectedError(Exception):
    """Somebody tried to change or delete an entry of the access log."""


class AccessLogEntries(models.QuerySet):
    """Entries can be added and read, and expire; a mistake must not erase the evidence."""

    def update(self, **changes):
        raise AccessLogProtectedError

    def delete(self):
        raise AccessLogProtectedError

    def delete_before(self, moment):
        """Delete the entries before `moment` and return how many. The only way; for retention.py."""
        return models.QuerySet.delete(self.filter(at__lt=moment))[0]

    def references_opened(self, submissions):
        """Return the references of those `submissions` that somebody has opened."""
        kinds = (AccessLogEntry.Kind.DETAIL, AccessLogEntry.Kind.CONTACT)
        entries = self.filter(kind__in=kinds, reference__in=[each.reference for each in submissions])
        return set(entries.values_list("reference", flat=True))


class AccessLogEntry(StaffRecord):
    """One view of a message. No role can change or delete it; it outlives the message, by reference only.

    It is deleted after IntakeSettings.keep_access_log_days, if an owner set that.
    """

    class Kind(models.TextChoices):
        LIST = "list", "In a list"
        DETAIL = "detail", "Opened"
        CONTACT = "contact", "Read the safety note and saw the contact details"
        SEARCH = "search", "Found by a search"
        EXPORT = "export", "Exported"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    reference = models.CharField(max_length=8, db_index=True)

    objects = AccessLogEntries.as_manager()

    class Meta(StaffRecord.Meta):
        verbose_name = "access log entry"
        verbose_name_plural = "access log"
        indexes = [models.Index(fields=["-at"], name="intake_access_by_time")]

    def __str__(self):
        return f"View of message {self.reference}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise AccessLogProtectedError
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AccessLogProtectedError
