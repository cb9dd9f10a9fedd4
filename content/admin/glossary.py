"""The words that pages explain, in the admin."""

from django.contrib import admin

from content.admin.base import AuditedAdmin
from content.models import GlossaryTerm


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(AuditedAdmin):
    list_display = ["term", "language", "definition", "source"]
    list_filter = ["language"]
    list_select_related = ["source"]
    search_fields = ["term", "other_forms", "definition"]
