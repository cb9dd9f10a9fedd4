"""Who looked at which message: owners read and filter it, nobody changes or deletes a row.

The screen of a message links to its looks; the list is filtered by kind, day and person.
"""

from django.contrib import admin

from intake.models import AccessLogEntry


@admin.register(AccessLogEntry)
class AccessLogEntryAdmin(admin.ModelAdmin):
    list_display = ["at", "author_name", "kind", "reference"]
    list_display_links = None
    list_filter = ["kind", "at", ("author", admin.RelatedOnlyFieldListFilter)]
    list_per_page = 100
    show_full_result_count = False
    fields = readonly_fields = ["at", "author_name", "kind", "reference"]
    actions = None

    class Media:
        css = {"all": ["css/admin-cards.css"]}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
