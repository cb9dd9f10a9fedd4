"""Street names and slang that the search understands, in the admin."""

from django.contrib import admin

from content.admin.base import AuditedAdmin
from content.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(AuditedAdmin):
    list_display = ["pages_say", "language", "people_say"]
    list_filter = ["language"]
    search_fields = ["pages_say", "people_say"]
