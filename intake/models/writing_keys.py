"""With which encryption keys the processes of the site write. Kept by intake/receiving/keys_in_use.py."""

from django.db import models


class WritingKey(models.Model):
    """A key by its fingerprint, and when a process last wrote with it. Gone once no row needs the key."""

    fingerprint = models.CharField(max_length=8, primary_key=True)
    used_at = models.DateTimeField()

    def __str__(self):
        return f"key {self.fingerprint}"
