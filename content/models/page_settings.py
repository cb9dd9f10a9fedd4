"""Switches for all pages. Set by publishers in the admin."""

from django.db import models

from content.models.one_record import OneRecord
from content.models.public_changes import PublicQuerySet


class PageSettings(OneRecord):
    """The one record of what the site does beside showing pages; everything is off by default."""

    asks_if_helpful = models.BooleanField(
        "ask “Was this page helpful?”",
        default=False,
        help_text="A line in the footer leads to the question. It adds about 30 bytes to each page.",
    )
    checks_outside_links = models.BooleanField(
        "check links to other sites",
        default=False,
        help_text="Once a week this server asks each site that a page links to. "
        "It says the address of this site, never of the page.",
    )

    objects = PublicQuerySet.as_manager()

    class Meta(OneRecord.Meta):
        verbose_name = verbose_name_plural = "page settings"

    def __str__(self):
        return "Page settings"
