"""Admin of the publications that pages cite."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.urls import reverse

from content.admin.base import UsedFactAdmin, page_links
from content.admin.published_facts import PublishedFact, of_uses, of_word
from content.models import Source
from content.rendering import usage


class CitedChangeList(ChangeList):
    """Counts for a whole screen at once how many pages cite each source."""

    def get_results(self, request):
        super().get_results(request)
        uses, self.result_list = usage.all_uses(), list(self.result_list)
        for source in self.result_list:
            source.page_count = len({use.page for use in uses.sources[source.slug]})


@admin.register(Source)
class SourceAdmin(PublishedFact, UsedFactAdmin):
    code_signs = "[]"
    staff_fields = ("note",)
    list_display = ["title", "code", "publisher", "year", "verification", "checked_on", "expires_on", "pages"]
    list_filter = ["verification"]
    search_fields = ["slug", "publisher", "title"]

    def get_changelist(self, request, **kwargs):
        return CitedChangeList

    @admin.display
    def pages(self, source):
        return source.page_count

    def pages_of(self, source):
        """Return those that cite it, and those that explain a word with it."""
        explained = (
            [page for term in source.glossaryterm_set.all() for page in of_word(term)] if source.pk else []
        )
        return list(dict.fromkeys([*of_uses(usage.all_uses().sources[source.slug]), *explained]))

    def uses_of(self, source):
        lines = [
            (reverse("admin:content_helpline_change", args=[line.pk]), f"{line} (helpline)")
            for line in source.helpline_set.all()
        ]
        return page_links(usage.all_uses().sources[source.slug]) + lines
