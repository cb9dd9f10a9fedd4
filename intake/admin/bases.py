"""Kinds of records in the admin that staff cannot freely add, change and delete. Used by the other files."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse


class FixedRowsAdmin(admin.ModelAdmin):
    """Rows that staff may change, but neither add nor delete."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(FixedRowsAdmin):
    actions = None

    def has_change_permission(self, request, obj=None):
        return False


class SingletonAdmin(FixedRowsAdmin):
    """One record: its list leads straight to it."""

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        record, _ = self.model.objects.get_or_create(pk=1)
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.label_lower.replace('.', '_')}_change", args=[record.pk])
        )
