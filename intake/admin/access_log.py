"""The access log and the deletions by senders: owners read them, nobody changes or deletes an entry.

The screen of a message links to its entries.
"""

from django.contrib import admin

from intake.admin.bases import ReadOnlyAdmin
from intake.models import AccessLogEntry, Deletion


@admin.register(AccessLogEntry)
class AccessLogEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "author_name", "kind", "reference"]
    list_display_links = None
    list_filter = ["kind", "at", ("author", admin.RelatedOnlyFieldListFilter)]
    list_per_page = 100
    show_full_result_count = False
    fields = readonly_fields = ["at", "author_name", "kind", "reference"]

    class Media:
        css = {"all": ["css/admin/lists.css"]}


@admin.register(Deletion)
class DeletionAdmin(ReadOnlyAdmin):
    """All that is left of messages that their senders deleted."""

    list_display = ["at", "reference"]
    list_display_links = None
    fields = readonly_fields = ["at", "reference"]
