"""The words that pages explain, in the admin."""

from django.contrib import admin

from content.admin.base import AuditedAdmin
from content.admin.published_facts import PublishedFact, of_word
from content.models import GlossaryTerm


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(PublishedFact, AuditedAdmin):
    list_display = ["term", "language", "definition", "source"]
    list_filter = ["language"]
    list_select_related = ["source"]
    own_field = "term"
    unsigned_fields = ("definition",)
    search_fields = ["term", "other_forms", "definition"]

    def pages_of(self, term):
        return of_word(term)
