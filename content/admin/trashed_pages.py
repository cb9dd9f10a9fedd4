"""Admin of the pages in trash, with the way back. Nothing here deletes for good."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from content.admin.base import ReadOnlyAdmin
from content.admin.screens import MAY_TRASH
from content.models import TrashedPage
from content.publishing import trash


@admin.register(TrashedPage)
class TrashedPageAdmin(ReadOnlyAdmin):
    list_display = ["short_name", "path", "trashed_at", "history", "way_back"]
    list_display_links = None
    search_fields = ["short_name", "heading", "path"]
    ordering = ["-trashed_at"]
    actions = None  # one at a time: see way_back()

    class Media:
        css = {"all": ["css/admin/lists.css"]}

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Trash"} | (extra_context or {}))

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(trashed_at=None)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("content.view_page")

    def get_list_display(self, request):
        return [name for name in self.list_display if name != "way_back" or request.user.has_perm(MAY_TRASH)]

    def get_urls(self):
        restore = self.admin_site.admin_view(require_POST(self.restore))
        return [path("<int:pk>/restore/", restore, name="content_trashedpage_restore"), *super().get_urls()]

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    @admin.display(description="")
    def history(self, page):
        link = reverse("admin:content_page_history", args=[page.pk])
        return format_html('<a href="{}">Versions of “{}”</a>', link, page)

    @admin.display(description="")
    def way_back(self, page):
        """Return a button in the form that Django has around the list, with an address of its own."""
        address = reverse("admin:content_trashedpage_restore", args=[page.pk])
        button = '<button type="submit" class="button" formaction="{}">Restore “{}” as a draft</button>'
        return format_html(button, address, page)

    def restore(self, request, pk):
        """Bring one page back as a draft."""
        if not request.user.has_perm(MAY_TRASH):
            raise PermissionDenied
        page = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            restored = trash.restore(page, author=request.user)
        except ValidationError as error:
            messages.error(request, f"“{page}” stays in trash. {' '.join(error.messages)}")
            return HttpResponseRedirect(reverse("admin:content_trashedpage_changelist"))
        moved = f" at {restored.path}, because another page has {page.path}"
        text = f"“{page}” is a draft again{moved if restored.path != page.path else ''}."
        messages.success(request, f"{text} Publish it to show it to visitors.")
        return HttpResponseRedirect(reverse("admin:content_page_change", args=[page.pk]))
