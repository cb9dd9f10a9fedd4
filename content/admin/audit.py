"""The audit trail in the admin: read, filtered, exported; and what makes facts write into it."""

import csv

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from content.models import AuditEntry
from content.publishing import audit

MAY_EXPORT = "content.export_auditentry"
COLUMNS = ["when", "who", "did", "what", "version", "detail"]
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    list_display = ["at", "happened"]
    list_filter = ["action", "at", ("author", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["subject", "author_name", "detail"]
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False
    change_list_template = "admin/content/audit_trail.html"
    fields = ["at", "author_name", "action", "subject", "version_number", "detail"]
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("version").defer("version__snapshot")

    @admin.display(description="what happened", ordering="subject")
    def happened(self, entry):
        version = f", version {entry.version.number}" if entry.version else ""
        return f"{entry}{version}: {entry.detail}" if entry.detail else f"{entry}{version}"

    @admin.display(description="version", ordering="version__number")
    def version_number(self, entry):
        return entry.version.number if entry.version else "–"

    def get_urls(self):
        export = self.admin_site.admin_view(self.export_view)
        return [path("export/", export, name="content_auditentry_export"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        allowed = {
            "title": "Audit trail",
            "may_export": request.user.has_perm(MAY_EXPORT),
            "query": request.GET.urlencode(),
        }
        return super().changelist_view(request, allowed | (extra_context or {}))

    def export_view(self, request):
        """Answer the entries that the list shows with the same filters, as CSV that no spreadsheet runs."""
        if not self.has_view_permission(request) or not request.user.has_perm(MAY_EXPORT):
            raise PermissionDenied
        try:
            entries = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            messages.error(request, "Nothing was exported: a filter is not right. Choose the filters again.")
            return redirect("admin:content_auditentry_changelist")
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"audit-trail-{timezone.localdate():%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        writer = csv.writer(response)
        writer.writerow(COLUMNS)
        writer.writerows(map(_cells, entries.iterator(chunk_size=500)))
        return response


def _cells(entry):
    moment = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S %z")
    number = entry.version.number if entry.version else ""
    cells = [moment, entry.author_name, entry.get_action_display(), entry.subject, number, entry.detail]
    return [_harmless(str(cell)) for cell in cells]


def _harmless(text):
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


class AuditedMixin:
    """For the admin of a shared fact: each addition, change and deletion goes into the audit trail.

    The entry names the fields that changed, never what stands in them.
    """

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.changed_data or not change:
            fields = form.instance._meta
            labels = [
                str(fields.get_field(name).verbose_name)
                for name in form.changed_data
                if _is_field(fields, name)
            ]
            self._log(request, form.instance, f"changed: {', '.join(labels)}" if change else "added")

    def delete_model(self, request, obj):
        with transaction.atomic():
            self._log(request, obj, "deleted")
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for fact in queryset:
                self._log(request, fact, "deleted")
            super().delete_queryset(request, queryset)

    def _log(self, request, fact, detail):
        subject = f"{fact._meta.verbose_name}: {fact}"
        audit.log(AuditEntry.Action.FACT_CHANGED, author=request.user, subject=subject, detail=detail)


def _is_field(options, name):
    return name in {field.name for field in options.get_fields()}
