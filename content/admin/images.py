"""Admin of uploaded pictures: shows where each is used, deletes those that no page uses."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from content import images
from content.admin.base import AuditedAdmin, ReadOnlyAdmin
from content.models import StoredImage
from content.rendering import usage

PREVIEW_WIDTH = images.WIDTHS[0]


def _uses(request):
    """Return the pages of every picture, looked up once a screen."""
    if not hasattr(request, "picture_uses"):
        request.picture_uses = usage.pages_by_picture()
    return request.picture_uses


class UseFilter(admin.SimpleListFilter):
    title = "use"
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("no", "Not used anywhere"), ("yes", "Used")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        used = list(_uses(request))
        return queryset.filter(pk__in=used) if self.value() == "yes" else queryset.exclude(pk__in=used)


class PictureList(ChangeList):
    """Gives each picture of a screen the pages that use it."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        for picture in self.result_list:
            picture.pages = _uses(request).get(picture.pk, [])


@admin.register(StoredImage)
class StoredImageAdmin(AuditedAdmin, ReadOnlyAdmin):
    """Pictures are uploaded on pages; here staff look at them and delete unused ones."""

    list_display = ["small", "shown_on", "size", "uploaded_at"]
    list_filter = [UseFilter]
    list_per_page = 50
    fields = ["small", "shown_on", "size", "uploaded_at"]
    readonly_fields = fields

    class Media:
        css = {"all": ["css/admin/lists.css"]}

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Pictures"} | (extra_context or {}))

    def get_changelist(self, request, **kwargs):
        return PictureList

    def get_object(self, request, object_id, from_field=None):
        picture = super().get_object(request, object_id, from_field)
        if picture:
            picture.pages = _uses(request).get(picture.pk, [])
        return picture

    def has_delete_permission(self, request, obj=None):
        may_delete = request.user.has_perm("content.delete_storedimage")
        return may_delete and not (obj and _uses(request).get(obj.pk))

    def get_deleted_objects(self, objs, request):
        """Protect the pictures that a page uses: with one of them selected, nothing is deleted."""
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        used = [(picture, pages) for picture in objs if (pages := _uses(request).get(picture.pk))]
        protected += [f"{picture}, used by {', '.join(map(str, pages))}" for picture, pages in used]
        if self.has_delete_permission(request):
            missing = set()  # Django asked for each picture; used ones are listed as protected instead
        return to_delete, counts, missing, protected

    @admin.display(description="picture")
    def small(self, picture):
        return format_html(
            '<img src="{}" alt="{}" height="80">', images.address(picture.pk, PREVIEW_WIDTH), picture
        )

    @admin.display
    def size(self, picture):
        return str(picture)

    @admin.display(description="used by")
    def shown_on(self, picture):
        rows = [(reverse("admin:content_page_history", args=[page.pk]), page) for page in picture.pages]
        return format_html_join(", ", '<a href="{}">{}</a>', rows) or "Not used anywhere"
