"""Search, saved views and export of messages in the admin. Search words travel in a POST only."""

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
from intake.models import AccessLogEntry, SavedView, Status, Submission
from intake.staff import access_log, due, export
from intake.staff import search as message_search

BUILT_IN_VIEWS = [
    ("Needs action now", "due=now"),
    ("Overdue", "due=overdue"),
    ("Claimed by me", "holder=me"),
    ("Call back later", "due=later"),
]
FILTERS = (
    "due",
    "holder",
    "status",
    "reason__exact",
    "language__exact",
    "is_logged_by_staff__exact",
    "received_at__gte",
    "received_at__lt",
)
MAX_VIEWS = 20
MAX_QUERY = 500  # characters


def list_context(request):
    """Return what the list of messages shows beside the table: search, views, export."""
    return {
        "title": "Messages",
        "search_form": SearchForm(),
        "views": BUILT_IN_VIEWS,
        "saved_views": SavedView.objects.filter(user=request.user),
        "filters": _filters(request.GET),
        "may_export": request.user.has_perm("intake.export_submission"),
    }


def _filters(asked):
    """Return the filters in `asked`, a QueryDict, as a query string without anything else."""
    return urlencode([(name, without_nul(asked[name])) for name in FILTERS if name in asked])


def search(model_admin, request):
    """Show the matches; each is recorded as found by a search."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    form = SearchForm(request.POST) if request.method == "POST" else SearchForm()
    found, rows = None, []
    if request.method == "POST" and form.is_valid() and form.cleaned_data["text"]:
        found = message_search.find(form.cleaned_data["text"], older_than=form.cleaned_data["older_than"])
        shown = [row.reference for row in found.messages]
        access_log.record(request.user, AccessLogEntry.Kind.SEARCH, *shown)
        rows = [(row, due.of(row, timezone.now())) for row in found.messages]
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "title": "Find a message",
        "search_form": form,
        "found": found,
        "rows": rows,
    }
    return TemplateResponse(request, "admin/intake/search.html", context)


def export_csv(model_admin, request):
    """Answer the list, with its filters, as CSV; each message is recorded as exported."""
    if request.method != "POST" or not request.user.has_perm("intake.export_submission"):
        raise PermissionDenied
    try:
        rows = _filtered(model_admin, request)
    except IncorrectLookupParameters:
        messages.error(request, "Nothing was exported: a filter is not valid. Choose the filters again.")
        return HttpResponseRedirect(reverse("admin:intake_submission_changelist"))
    chosen = dict(rows.values_list("pk", "reference"))
    access_log.record(request.user, AccessLogEntry.Kind.EXPORT, *chosen.values())
    lines = export.lines(list(chosen), with_contacts=request.POST.get("with_contacts") == "yes")
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="messages.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _filtered(model_admin, request):
    """Return the rows of the list as it is filtered, all pages of it."""
    request.GET = QueryDict(_filters(QueryDict(request.POST.get("filters", ""))))
    changelist = model_admin.get_changelist_instance(request)
    chosen = changelist.get_queryset(request).exclude(status=Status.SPAM).order_by()
    return Submission.objects.filter(pk__in=chosen.values("pk"))


def save_view(model_admin, request):
    """Keep the filters under a name, or remove a saved view."""
    if request.method != "POST" or not model_admin.has_view_permission(request):
        raise PermissionDenied
    mine = SavedView.objects.filter(user=request.user)
    if removed := without_nul(request.POST.get("delete", "")):
        mine.filter(name=removed).delete()
        return HttpResponseRedirect(reverse("admin:intake_submission_changelist"))
    query = _filters(QueryDict(request.POST.get("filters", "")))
    name = " ".join(without_nul(request.POST.get("name", "")).split())[:40]
    if len(query) > MAX_QUERY:
        query = ""
    if name and query and mine.count() < MAX_VIEWS:
        SavedView.objects.update_or_create(user=request.user, name=name, defaults={"query": query})
        messages.success(request, format_html("The view “{}” was saved.", name))
    else:
        messages.error(request, f"Choose filters and name the view. You can save up to {MAX_VIEWS} views.")
    return HttpResponseRedirect(f"{reverse('admin:intake_submission_changelist')}?{query}")


def without_nul(text):
    """Return `text` as PostgreSQL takes it: a NUL, which no keyboard types, would fail there."""
    return text.replace("\x00", "")
