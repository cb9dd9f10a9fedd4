"""Admin of the pages in trash, with the way back. Nothing here deletes for good."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from content.admin.base import ReadOnlyAdmin
from content.models import TrashedPage
from content.publishing import trash


@admin.register(TrashedPage)
class TrashedPageAdmin(ReadOnlyAdmin):
    list_display = ["short_name", "path", "trashed_at", "history"]
    list_display_links = None
    search_fields = ["short_name", "heading", "path"]
    ordering = ["-trashed_at"]
    actions = ["restore"]

    class Media:
        css = {"all": ["css/admin/lists.css"]}

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Trash"} | (extra_context or {}))

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(trashed_at=None)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("content.view_page")

    def has_restore_permission(self, request):
        """Asked by the action below."""
        return request.user.has_perm("content.delete_page")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    @admin.display(description="")
    def history(self, page):
        link = reverse("admin:content_page_history", args=[page.pk])
        return format_html('<a href="{}">Versions of “{}”</a>', link, page)

    @admin.action(description="Restore as a draft", permissions=["restore"])
    def restore(self, request, pages):
        for page in pages:
            try:
                restored = trash.restore(page, author=request.user)
            except ValidationError as error:
                messages.error(request, f"“{page}” stays in trash. {' '.join(error.messages)}")
            else:
                moved = f" at {restored.path}, because another page has {page.path}"
                text = f"“{page}” is a draft again{moved if restored.path != page.path else ''}."
                messages.success(request, f"{text} Publish it to show it to visitors.")
