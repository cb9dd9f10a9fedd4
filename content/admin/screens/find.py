"""Find words in all pages, and replace them in the drafts of those that are chosen.

Nothing is replaced before every place was shown, nothing goes live, and it can be undone at once. Whatever is
sent leads to an address of its own, so that one may look at a page and come back: ?found, ?done=1.2; without
one, the screen offers to undo what this person replaced last.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from content.admin.base import PASTING
from content.admin.findings import rows_of_blocks
from content.admin.screens import page_admin, version_number
from content.models import Page, Version, place_of
from content.publishing import replacing

MAX_HITS_SHOWN = 300
KEPT = "find"  # the last search, in the session
DONE = "done"


class FindForm(forms.Form):
    words = forms.CharField(label="Find", max_length=120)
    replacement = forms.CharField(
        label="Replace by", max_length=120, required=False, help_text="Leave empty to find only."
    )
    deletes = forms.BooleanField(label="Replace by nothing: delete the words", required=False)
    is_whole = forms.BooleanField(label="Whole words only", required=False, initial=True)
    is_exact = forms.BooleanField(label="Capital letters count", required=False)

    def clean(self):
        if self.cleaned_data.get("deletes") and self.cleaned_data.get("replacement"):
            self.add_error("replacement", "Leave this empty to delete the words.")
        return self.cleaned_data

    @property
    def replaces(self):
        return bool(self.cleaned_data["replacement"] or self.cleaned_data["deletes"])

    def search(self):
        given = self.cleaned_data
        return replacing.Search(given["words"], is_exact=given["is_exact"], is_whole=given["is_whole"])


@dataclass(frozen=True)
class FoundPage:
    """A page with the words: its newest Version, and each place as (words for it, its address, Hit)."""

    version: Version
    places: list


def find(request):
    """Show the form; what it finds, with what would stand there; what was replaced."""
    if not page_admin().has_change_permission(request):
        raise PermissionDenied
    if "_undo" in request.POST:
        return _undo(request)
    form, context = FindForm(request.POST or _last_search(request)), {}
    if form.is_bound and form.is_valid():
        if request.method == "POST":
            return _replace(request, form) if "_replace" in request.POST else _search(request)
        context = _found(form)
    context |= {"form": form, "title": "Find and replace", "opts": Page._meta, "pasting": PASTING}
    context |= _done(request)
    return TemplateResponse(request, "admin/content/find.html", context | admin.site.each_context(request))


def _go(request, **query):
    return HttpResponseRedirect(f"{request.path}?{urlencode(query)}" if query else request.path)


def _search(request):
    """Lead to what is found. The words stay in the session: an address would be in logs and histories."""
    request.session[KEPT] = {name: request.POST.get(name, "") for name in FindForm.base_fields}
    return _go(request, found="")


def _last_search(request):
    return request.session.get(KEPT) if "found" in request.GET else None


def _found(form):
    search, replacement = form.search(), form.cleaned_data["replacement"]
    pages = [page for version in _newest() if (page := _page(version, search, replacement)).places]
    count = sum(len(page.places) for page in pages)
    shown = {"found": pages, "count": count, "too_many": count > MAX_HITS_SHOWN}
    return shown | {"replaces": form.replaces, "deletes": form.cleaned_data["deletes"]}


def _newest(**which):
    """The newest Version of each page that is not in trash, in the order of the pages."""
    newest = Version.objects.filter(page=OuterRef("page")).order_by("-number").values("pk")[:1]
    found = Version.objects.filter(page__trashed_at=None, pk=Subquery(newest), **which)
    return found.select_related("page").order_by("page__position", "page__path")


def _page(version, search, replacement):
    form_url = reverse("admin:content_page_change", args=[version.page_id])
    rows = rows_of_blocks(version.snapshot["blocks"])
    places = []
    for hit in replacing.hits(version.snapshot, search, replacement):
        if hit.block is None:
            name = Page._meta.get_field(hit.field).verbose_name.capitalize()
            places.append((name, f"{form_url}#id_{hit.field}", hit))
        else:
            places.append((place_of(hit.block, version.snapshot), f"{form_url}#{rows[hit.block]}", hit))
    return FoundPage(version, places)


def _chosen(request):
    """Return the Versions that the boxes name: those that are the newest of their page, and the others."""
    keys = [version_number(text) for text in request.POST.getlist("versions")]
    newest = list(_newest(pk__in=keys))
    older = Version.objects.filter(pk__in=keys).exclude(pk__in=[version.pk for version in newest])
    return newest, older.select_related("page")


def _replace(request, form):
    versions, older = _chosen(request)
    search, replacement = form.search(), form.cleaned_data["replacement"]
    if form.cleaned_data["deletes"] and "is_sure" not in request.POST:
        messages.error(request, "Nothing is deleted yet. Confirm it below the places.")
        return _search(request)
    done = []
    for version in versions if form.replaces else []:
        try:
            done.append(replacing.replace(version, search, replacement, author=request.user))
        except ValidationError as error:
            messages.error(request, f"{version.page}: {' '.join(error.messages)}")
    for each in older:
        text = f"“{each.page}” was saved in the meantime, so it stays as it is. Search again."
        messages.error(request, text)
    return _go(request, **{DONE: ".".join(str(each.pk) for each in done)} if done else {})


def _done(request):
    """Return what ?done names: the drafts that can still be undone, and those that were saved since.

    The screen itself offers what this person replaced last.
    """
    if not request.GET:
        return {"done": list(replacing.last_of(_newest(), request.user))}
    keys = [version_number(text) for text in request.GET.get(DONE, "").split(".") if text]
    done = list(_newest(pk__in=keys, author=request.user, live_from=None))
    passed = Version.objects.filter(pk__in=keys, author=request.user).exclude(pk__in=[v.pk for v in done])
    return {"done": done, "passed": list(passed.select_related("page"))} if keys else {}


def _undo(request):
    versions, older = _chosen(request)
    undone = []
    for version in versions:
        try:
            undone.append(str(replacing.discard(version, author=request.user).page))
        except ValidationError as error:
            messages.error(request, f"{version.page}: {' '.join(error.messages)}")
    for each in older:
        messages.error(request, f"“{each.page}” was saved since then, so it stays as it is.")
    if undone:
        names = ", ".join(f"“{name}”" for name in undone)
        messages.success(request, f"Undone. {names}: the draft is as it was before.")
    return _go(request)
