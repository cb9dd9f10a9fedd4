"""Between the edit form of a page and its draft: who saved meanwhile, blocks that went, the counter.

Used by content/admin/pages.py and content/admin/previews.py; nothing here saves.
"""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django_prose_editor.fields import ProseEditorField

from content import publishing, renderer
from content.language import EMERGENCY, EVERYDAY, measure
from content.models import Helpline, Page, Version

FEWEST_WORDS_FOR_A_BLOCK = 30  # below that, one long word decides the grade


class PageForm(forms.ModelForm):
    """The title fields, and the number of the Version that the form was opened on.

    A save is refused, with everything as typed, when somebody recorded a newer Version since then; the
    button `_save_mine` names the Version that is knowingly saved over. `_bring_back` shows the text again.
    """

    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    copy_id = forms.RegexField(r"^[a-z0-9-]{1,40}\Z", required=False, widget=forms.HiddenInput)

    checks_conflict = True  # off where nothing is going to be saved
    conflict = None  # the newer Version, once found

    class Meta:
        model = Page
        fields = publishing.PAGE_FIELDS  # the admin's fieldsets decide which are shown

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        newest = newest_version(self.instance)
        self.fields["based_on"].initial = newest.number if newest else 0

    def clean(self):
        super().clean()
        if "_bring_back" in self.data:
            raise ValidationError("This is what your browser kept. It is not saved yet.", code="brought-back")
        if self.checks_conflict and self.instance.pk:
            self.conflict = self._newer_version()
            if self.conflict:
                raise ValidationError("Somebody else saved this page meanwhile.", code="conflict")
        return self.cleaned_data

    def _newer_version(self):
        Page.objects.select_for_update().get(pk=self.instance.pk)  # the second of two saves waits here
        newest = newest_version(self.instance)
        known = {self.cleaned_data.get("based_on"), _number(self.data.get("_save_mine"))}
        return None if newest is None or newest.number in known else newest


def _number(text):
    return int(text) if text and text.isdecimal() else None


def newest_version(page):
    """Return the Version of `page` recorded last; None for a page that was never saved."""
    if page.pk is None:
        return None
    return Version.objects.filter(page=page).select_related("author").order_by("-number").first()


class HelplineFormSet(BaseInlineFormSet):
    """Blocks of helplines: the lines to choose from are read once, not once a block."""

    @cached_property
    def _lines(self):
        return [(line.pk, str(line)) for line in Helpline.objects.all()]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "helplines" in form.fields:
            form.fields["helplines"].choices = self._lines


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
        return field.sanitize(value or "")
    return value if isinstance(value, (int, str, bool)) or value is None else str(value)


def posted_snapshot(form, formsets):
    """Return the snapshot that saving the bound `form` and `formsets` would record."""
    form.is_valid()
    page = {name: getattr(form.instance, name) for name in publishing.PAGE_FIELDS}
    return {"page": page, "blocks": [block.values for block in posted_blocks(formsets)]}


def count(form, formsets):
    """Return words, minutes and reading grade of the page and of each block, by the prefix of its fields."""
    form.is_valid()
    limits = EMERGENCY if form.instance.layout == Page.Layout.EMERGENCY else EVERYDAY
    page = measure(renderer.visible_html(posted_snapshot(form, formsets)))
    blocks = {
        block.prefix: measure(renderer.block_html(block.values), FEWEST_WORDS_FOR_A_BLOCK)
        for block in posted_blocks(formsets)
    }
    return {
        "page": _counted(page, limits),
        "blocks": {prefix: _counted(measured, limits) for prefix, measured in blocks.items()},
    }


def _counted(measured, limits):
    grade, (too_hard, hard) = measured.grade, limits.grade
    verdict = ""
    if grade is not None and grade > hard:
        verdict = "too hard: shorter sentences and words" if grade > too_hard else "could be easier"
    shown = None if grade is None else round(max(grade, 0), 1)
    return {"words": measured.words, "minutes": measured.minutes, "grade": shown, "verdict": verdict}


def gone_blocks_as_new(posted, prefix, existing):
    """Return `posted` with blocks that somebody deleted meanwhile as new ones, so that their text survives.

    Django's formsets drop a form whose object is gone. `existing` holds the keys of the blocks still there.
    """
    total, initial = (_number(posted.get(f"{prefix}-{name}_FORMS")) or 0 for name in ("TOTAL", "INITIAL"))
    here = [i for i in range(initial) if _number(posted.get(f"{prefix}-{i}-id")) in existing]
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
    versions = (
        Version.objects.filter(page=page).select_related("author").defer("snapshot").order_by("-number")
    )
    return {
        "live": versions.current().first(),
        "newest": versions.first(),
        "waiting": list(versions.filter(live_from__gt=timezone.now()).order_by("live_from")),
    }
