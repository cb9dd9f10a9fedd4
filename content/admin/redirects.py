"""Admin of the addresses that lead to a page without being its own."""

from django.contrib import admin

from content.admin.audit import AuditedMixin
from content.models import Page, Redirect


@admin.register(Redirect)
class RedirectAdmin(AuditedMixin, admin.ModelAdmin):
    """Former addresses on this site need no entry here: they lead on by themselves."""

    list_display = ["path", "page"]
    list_select_related = ["page"]
    search_fields = ["path", "page__short_name"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "page":
            kwargs["queryset"] = Page.objects.filter(binned_at=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
