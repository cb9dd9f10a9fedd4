"""Between the edit form of a page and its draft: conflicts, blocks that are gone, what is typed.

Used by pages.py, live_checks.py and the screens; nothing here saves.
"""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django_prose_editor.fields import ProseEditorField

from content import publishing, starter
from content.admin import proposals
from content.admin.base import UncutForm
from content.models import Page, Version
from content.publishing import locks

MAX_DIGITS = 18  # of a number in an address or a form; no key of the database has more


class PageForm(UncutForm):
    """The title fields, and the number of the Version that the form was opened on.

    A save is refused, with everything as typed, when somebody recorded a newer Version since then; the
    button `_save_mine` names the Version that is knowingly saved over. `_bring_back` shows the text again.
    Only the heading is required: what else a page needs is proposed from it.
    """

    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    template = forms.ChoiceField(
        label="Start with",
        required=False,
        widget=forms.RadioSelect,
        help_text="The blocks say what to write in each place. Change, move and delete them as you like.",
    )
    copy_id = forms.RegexField(r"^[a-z0-9-]{1,40}\Z", required=False, widget=forms.HiddenInput)

    checks_conflict = True  # off where nothing is going to be saved
    saved_by = None  # who is signed in
    conflict = None  # the newer Version, once found

    class Meta:
        model = Page
        fields = (*publishing.PAGE_FIELDS, "translation_of")  # the admin's fieldsets decide which are shown

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.newest = newest_version(self.instance)
        self.fields["based_on"].initial = self.newest.number if self.newest else 0
        for name in {"path", "title", "short_name"} & set(self.fields):
            self.fields[name].required = False
        if self.instance.pk:
            self.fields.pop("template")
        else:
            self.fields["template"].choices = [("", "An empty page"), *_templates()]

    def clean(self):
        super().clean()
        self._propose()
        if "_bring_back" in self.data:
            raise ValidationError("Your browser kept this text. It is not saved yet.", code="brought-back")
        if self.checks_conflict and self.instance.pk:
            page = Page.objects.select_for_update().get(pk=self.instance.pk)  # the second of two saves waits
            locks.refuse(page, self.saved_by)
            self.conflict = self._newer_version()
            if self.conflict:
                raise ValidationError("Someone else saved this page in the meantime.", code="conflict")
        return self.cleaned_data

    def _propose(self):
        """Fill in what was left empty: with what the page had, or with what its heading gives."""
        heading, page = self.cleaned_data.get("heading"), self.instance
        if not heading:
            return
        proposed = {
            "title": lambda: heading,
            "short_name": lambda: proposals.short_name(heading),
            "path": lambda: self.initial.get("path") or proposals.address(heading, page),
        }
        for name, make in proposed.items():
            if name in self.fields and name not in self.errors and not self.cleaned_data.get(name):
                self.cleaned_data[name] = make()

    def _newer_version(self):
        newest = newest_version(self.instance)
        known = {self.cleaned_data.get("based_on"), typed_number(self.data.get("_save_mine"))}
        return None if newest is None or newest.number in known else newest


def _templates():
    return [
        (name, f"{template['name']}: {template['about']}") for name, template in starter.templates().items()
    ]


def typed_number(text):
    """Return the whole number that an address or a form gives; None for anything else, or too long a one."""
    return int(text) if text and text.isdecimal() and len(text) <= MAX_DIGITS else None


def newest_version(page):
    """Return the Version of `page` recorded last; None for a page that was never saved."""
    if page.pk is None:
        return None
    return Version.objects.filter(page=page).select_related("author").order_by("-number").first()


@dataclass(frozen=True)
class PostedBlock:
    """One block as it stands in the form, saved or not."""

    prefix: str  # of its fields in the form
    values: dict  # as in a snapshot


def posted_blocks(formsets):
    """Return the blocks in `formsets`, bound ones, in the order of the page; deleted ones left out."""
    found = []
    for formset in formsets:
        formset.is_valid()
        for form in formset.forms:
            if form.cleaned_data.get(DELETION_FIELD_NAME) or (
                form.empty_permitted and not form.has_changed()
            ):
                continue
            place = (form.instance.ordering, form.instance.kind, form.instance.pk or float("inf"))
            found.append((place, PostedBlock(form.prefix, _values(form))))
    return [block for _, block in sorted(found, key=lambda pair: pair[0])]


def _values(form):
    block = form.instance
    return {"kind": block.kind, **{field.name: _value(form, field) for field in block.own_fields()}}


def _value(form, field):
    """Return what a snapshot would hold; a field that does not validate keeps what was saved before."""
    if field.many_to_many:
        chosen = form.cleaned_data.get(field.name) or []
        return [line.slug for line in sorted(chosen, key=lambda line: (line.position, line.slug))]
    value = field.value_from_object(form.instance)
    if isinstance(field, ProseEditorField):
        value = field.sanitize(value or "")
    return publishing.plain(value)


def posted_snapshot(form, formsets):
    """Return the snapshot that saving the bound `form` and `formsets` would record."""
    return snapshot_of(form, posted_blocks(formsets))


def snapshot_of(form, blocks):
    """Return the snapshot of the bound `form` with the `PostedBlock`s."""
    form.is_valid()
    return {"page": publishing.page_values(form.instance), "blocks": [block.values for block in blocks]}


def gone_blocks_as_new(posted, prefix, existing):
    """Return `posted` with blocks that someone has deleted since as new ones, so that their text survives.

    Django's formsets drop a form whose object is gone. `existing` holds the keys of the blocks still there.
    """
    counts = (typed_number(posted.get(f"{prefix}-{name}_FORMS")) or 0 for name in ("TOTAL", "INITIAL"))
    total, initial = (min(count, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS) for count in counts)
    here = [i for i in range(initial) if typed_number(posted.get(f"{prefix}-{i}-id")) in existing]
    if len(here) == initial:
        return posted
    gone = [i for i in range(initial) if i not in here and f"{prefix}-{i}-DELETE" not in posted]
    order = [*here, *gone, *range(initial, total)]
    result = _renumbered(posted, prefix, order)
    for place in range(len(here), len(here) + len(gone)):
        result.setlist(f"{prefix}-{place}-id", [""])
    result.setlist(f"{prefix}-TOTAL_FORMS", [str(len(order))])
    result.setlist(f"{prefix}-INITIAL_FORMS", [str(len(here))])
    return result


def _renumbered(values, prefix, order):
    places = {str(old): str(new) for new, old in enumerate(order)}
    result = MultiValueDict()
    for name, entries in values.lists():
        head, _, rest = name.removeprefix(f"{prefix}-").partition("-")
        if not name.startswith(f"{prefix}-") or not head.isdecimal():
            result.setlist(name, entries)
        elif head in places:
            result.setlist(f"{prefix}-{places[head]}-{rest}", entries)
    return result


def status_line(page):
    """Return what the edit screen says of `page`: the Versions live, newest, and waiting for their time."""
    versions = Version.objects.filter(page=page).select_related("author").order_by("-number")
    live, newest = versions.current().first(), versions.first()
    return {
        "live": live,
        "newest": newest,
        "is_draft": newest != live and not (live and publishing.is_same(live.snapshot, newest.snapshot)),
        "waiting": list(
            versions.defer("snapshot").filter(live_from__gt=timezone.now()).order_by("live_from")
        ),
    }
