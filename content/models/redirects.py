"""Extra addresses that lead to a page. Used by content/publishing/addresses.py."""

from django.core.exceptions import ValidationError
from django.db import models

from content.models.pages import Page, Version, path_validator, shows_pages


class Redirect(models.Model):
    """A second address of a page, as printed on a card or used years ago.

    Those that a page had on this site need no row: its Versions remember them (publishing/addresses.py).
    """

    path = models.CharField("address", max_length=200, unique=True, validators=[path_validator])
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="redirects", verbose_name="leads to"
    )

    class Meta:
        ordering = ["path"]
        verbose_name_plural = "redirects"

    def __str__(self):
        return self.path

    def clean(self):
        if Version.objects.current().filter(path=self.path).exists():
            raise ValidationError({"path": "A page is live at this address."})
        if not shows_pages(self.path):
            raise ValidationError({"path": "Another part of the site uses this address."})
