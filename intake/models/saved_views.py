"""Filters of the message list that a member of staff keeps under a name. Used by admin/screens/search.py."""

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A set of filters that a member of staff wants again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="intake_one_view_of_a_name")]

    def __str__(self):
        return self.name
