"""Search, saved views and export of messages in the admin. What is searched for travels in a POST only."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from intake.admin.screens.forms import SearchForm
from intake.models import AccessLogEntry, SavedView, Submission
from intake.staff import access_log, due, export, search

ALWAYS_THERE = [
    ("Needs action now", "due=now"),
    ("Overdue", "due=overdue"),
    ("Claimed by me", "holder=me"),
    ("Call back later", "due=later"),
]
MOST_VIEWS = 20
LONGEST_QUERY = 500  # characters


class FindingMixin:
    """For the list of messages; its addresses stand in messages.py."""

    change_list_template = "admin/intake/message_list.html"

    def changelist_view(self, request, extra_context=None):
        query = self._filters(request.GET)
        views = [(name, query) for name, query in ALWAYS_THERE]
        extra = {
            "title": "Messages",
            "search_form": SearchForm(),
            "views": views,
            "saved_views": SavedView.objects.filter(user=request.user),
            "filters": query,
            "may_export": request.user.has_perm("intake.export_submission"),
        }
        return super().changelist_view(request, extra | (extra_context or {}))

    def _filters(self, asked):
        """Return the filters in `asked`, a QueryDict, as a query string without anything else."""
        names = ("due", "holder", "status", "reason__exact", "language__exact", "is_typed_in__exact")
        names += ("received_at__gte", "received_at__lt")
        return urlencode([(name, without_nul(asked[name])) for name in names if name in asked])

    def search_view(self, request):
        """Show what fits; each row is recorded as found by a search."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = SearchForm(request.POST) if request.method == "POST" else SearchForm()
        found, rows = None, []
        if request.method == "POST" and form.is_valid() and form.cleaned_data["text"]:
            found = search.find(form.cleaned_data["text"], older_than=form.cleaned_data["older_than"])
            access_log.record(
                request.user, AccessLogEntry.Kind.SEARCH, *(row.reference for row in found.messages)
            )
            rows = [(row, due.of(row, timezone.now())) for row in found.messages]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "media": self.media,
            "title": "Find a message",
            "search_form": form,
            "found": found,
            "rows": rows,
        }
        return TemplateResponse(request, "admin/intake/search.html", context)

    def export_view(self, request):
        """Answer the list, with its filters, as CSV; each row is recorded as exported."""
        if request.method != "POST" or not request.user.has_perm("intake.export_submission"):
            raise PermissionDenied
        try:
            rows = self._filtered(request)
        except IncorrectLookupParameters:
            messages.error(request, "Nothing was exported: a filter is not right. Choose the filters again.")
            return HttpResponseRedirect(reverse("admin:intake_submission_changelist"))
        chosen = dict(rows.values_list("pk", "reference"))
        access_log.record(request.user, AccessLogEntry.Kind.EXPORT, *chosen.values())
        lines = export.lines(list(chosen), with_contacts=request.POST.get("with_contacts") == "yes")
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = 'attachment; filename="messages.csv"'
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _filtered(self, request):
        """Return the rows of the list as it is filtered, all pages of it."""
        asked = QueryDict(self._filters(QueryDict(request.POST.get("filters", ""))))
        request.GET = asked
        changelist = self.get_changelist_instance(request)
        chosen = changelist.get_queryset(request).exclude(status=Submission.Status.SPAM).order_by()
        return Submission.objects.filter(pk__in=chosen.values("pk"))

    def save_view(self, request):
        """Keep the filters under a name, or throw a saved view away."""
        if request.method != "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        mine = SavedView.objects.filter(user=request.user)
        if removed := without_nul(request.POST.get("delete", "")):
            mine.filter(name=removed).delete()
            return HttpResponseRedirect(reverse("admin:intake_submission_changelist"))
        query = self._filters(QueryDict(request.POST.get("filters", "")))
        name = " ".join(without_nul(request.POST.get("name", "")).split())[:40]
        if len(query) > LONGEST_QUERY:
            query = ""
        if name and query and mine.count() < MOST_VIEWS:
            SavedView.objects.update_or_create(user=request.user, name=name, defaults={"query": query})
            messages.success(request, format_html("The view “{}” is saved.", name))
        else:
            messages.error(request, f"Choose filters and give the view a name. You can keep {MOST_VIEWS}.")
        return HttpResponseRedirect(f"{reverse('admin:intake_submission_changelist')}?{query}")


def without_nul(text):
    """Return `text` as PostgreSQL takes it: a NUL, which no keyboard types, would fail there."""
    return text.replace("\x00", "")
