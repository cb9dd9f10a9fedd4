"""Admin of extra addresses that lead to a page."""

from django.contrib import admin

from content.admin.base import AuditedAdmin
from content.models import Page, Redirect


@admin.register(Redirect)
class RedirectAdmin(AuditedAdmin):
    """Addresses that a page had on this site need no entry here: they redirect on their own."""

    list_display = ["path", "page"]
    list_select_related = ["page"]
    search_fields = ["path", "page__short_name"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "page":
            kwargs["queryset"] = Page.objects.filter(trashed_at=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
