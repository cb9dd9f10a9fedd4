"""Admin of the audit trail: read, filtered, exported."""

import csv
import re
import unicodedata

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from content.admin.base import ReadOnlyAdmin
from content.models import AuditEntry
from content.readability.visible_text import as_read

MAY_EXPORT = "content.export_auditentry"
COLUMNS = ["when", "who", "did", "what", "version", "detail"]
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets read names with accents wrong
# What a spreadsheet takes for the start of a formula, after blanks too, and in the wide and small signs that
# some convert. A tab or a line break in front can move the rest into a cell of its own.
FORMULA_SIGNS = tuple("=+-@|%\t\r\n")
# A spreadsheet may part cells there: many countries write numbers with a comma and lists with a semicolon.
AFTER_SEPARATOR = re.compile(r"(?<=[;\t])(?=\s*[=+@|%＝＋＠])")
PHONE_NUMBER = re.compile(r"\+[0-9][0-9 ().-]*")  # stays as people read it


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "happened"]
    list_filter = ["action", "at", ("author", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["subject", "author_name", "detail"]
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False
    change_list_template = "admin/content/audit_trail.html"
    fields = ["at", "author_name", "action", "subject", "version_number", "detail"]
    actions = None

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
        """Answer with the entries that the list shows, as CSV that no spreadsheet takes for formulas."""
        if not self.has_view_permission(request) or not request.user.has_perm(MAY_EXPORT):
            raise PermissionDenied
        try:
            entries = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            messages.error(request, "Nothing was exported: a filter is not valid. Choose the filters again.")
            return redirect("admin:content_auditentry_changelist")
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"audit-trail-{timezone.localdate():%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        response.write(BYTE_ORDER_MARK)
        writer = csv.writer(response)
        writer.writerow(COLUMNS)
        writer.writerows(map(_cells, entries.iterator(chunk_size=500)))
        return response


def _cells(entry):
    moment = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S %z")
    number = entry.version.number if entry.version else ""
    cells = [moment, entry.author_name, entry.get_action_display(), entry.subject, number, entry.detail]
    return [csv_text(cell) for cell in cells]


def csv_text(value):
    """Return `value` as the text of a cell that a spreadsheet shows and never runs as a formula.

    The export of messages has its own: tests/support/csv_cells.py holds both to one table.
    """
    text = "" if value is None else str(value)
    starts = text.lstrip(" \ufeff"), unicodedata.normalize("NFKC", as_read(text)).lstrip()
    is_formula = any(start.startswith(FORMULA_SIGNS) for start in starts) and not PHONE_NUMBER.fullmatch(text)
    text = AFTER_SEPARATOR.sub("'", text)
    return f"'{text}" if is_formula else text
