"""The bin in the admin: pages are put into it instead of being deleted, and brought back from it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from content.models import Page, TrashedPage
from content.publishing import trash

MAY_BIN = "content.delete_page"


class TrashMixin:
    """For the admin of pages: hides binned ones, deletes nothing, and offers the bin instead."""

    def get_queryset(self, request):
        return super().get_queryset(request).filter(binned_at=None)

    def get_readonly_fields(self, request, obj=None):
        fixed = ["path"] if obj and obj.is_protected else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.bin_view)
        return [path("<int:pk>/bin/", view, name="content_page_bin"), *super().get_urls()]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "path" in form.changed_data and (here := obj.get_absolute_url()) != obj.path:
            text = f"Visitors find this page at {here} until you publish. Then {here} leads to {obj.path}."
            messages.info(request, text)

    def render_change_form(self, request, context, *args, **kwargs):
        page = context.get("original")
        context["may_bin"] = bool(page and not page.is_protected and request.user.has_perm(MAY_BIN))
        return super().render_change_form(request, context, *args, **kwargs)

    def bin_view(self, request, pk):
        """Ask, then put the page in the bin."""
        page = get_object_or_404(Page, pk=pk, binned_at=None)
        if not request.user.has_perm(MAY_BIN) or not self.has_view_permission(request, page):
            raise PermissionDenied
        if request.method == "POST":
            return self._put(request, page)
        context = {"title": "Put in the bin", "page": page, "opts": self.opts}
        shared = self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/content/put_in_bin.html", {**shared, **context})

    def _put(self, request, page):
        try:
            trash.put(page, author=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(reverse("admin:content_page_change", args=[page.pk]))
        messages.success(
            request, f"“{page}” is in the bin and off the site. You can bring it back from there."
        )
        return HttpResponseRedirect(reverse("admin:content_page_changelist"))


@admin.register(TrashedPage)
class TrashedPageAdmin(admin.ModelAdmin):
    """What is in the bin. Nothing here deletes for good."""

    list_display = ["short_name", "path", "binned_at", "history"]
    list_display_links = None
    search_fields = ["short_name", "heading", "path"]
    ordering = ["-binned_at"]
    actions = ["bring_back"]

    class Media:
        css = {"all": ["css/admin/lists.css"]}

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Bin"} | (extra_context or {}))

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(binned_at=None)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("content.view_page")

    def has_bin_permission(self, request):
        """Asked by the action below."""
        return request.user.has_perm(MAY_BIN)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="")
    def history(self, page):
        link = reverse("admin:content_page_history", args=[page.pk])
        return format_html('<a href="{}">Versions of “{}”</a>', link, page)

    @admin.action(description="Bring back as a draft", permissions=["bin"])
    def bring_back(self, request, pages):
        for page in pages:
            try:
                trash.bring_back(page, author=request.user)
            except ValidationError as error:
                messages.error(request, f"“{page}” stays in the bin. {' '.join(error.messages)}")
            else:
                text = f"“{page}” is a draft again. Visitors see it once you publish it."
                messages.success(request, text)
