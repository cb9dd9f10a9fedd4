"""What the edit screen shows about a text, saved or as typed: length, reading grade, what the checks find.

Used by pages.py when the screen opens, and by screens/preview.py while somebody types. The counting and the
checks are those of publishing; nothing here saves.
"""

from dataclasses import dataclass

from django.forms.formsets import DELETION_FIELD_NAME
from django.template.defaultfilters import pluralize

from content import page_checks
from content.admin import findings
from content.admin.editing import posted_blocks, snapshot_of
from content.models import BLOCKS_BY_KIND, Page
from content.page_checks import structure
from content.page_checks.words import measured, ruler_of
from content.rendering.words import block_html, page_html

MIN_WORDS_FOR_A_GRADE = 30  # below that, one long word decides the grade


def of_saved(version):
    """Return what the checks found in a saved draft, for the form that shows exactly this Version."""
    blocks, found = version.snapshot["blocks"], page_checks.check_version(version)
    return Checks(findings.locate(found, blocks, findings.rows_of_blocks(blocks)), _missing([], blocks))


def of_typed(form, formsets):
    """Return what the checks found in the text in the bound `form` and `formsets`."""
    posted = posted_blocks(formsets)
    rows, snapshot = [block.prefix for block in posted], snapshot_of(form, posted)
    topics = form.instance.required_topics
    found = page_checks.check(snapshot, page_checks.Surroundings.read(), required_topics=topics)
    empty = []
    if form.instance.pk is None:  # a page just begun: what is not there yet is no mistake
        empty = [each.field for each in found if each.rule == "missing-title"]
        found = [each for each in found if each.rule != "missing-title"]
    known = {(f"id_{each.field}" if each.block is None else rows[each.block], each.field) for each in found}
    unusable = [_as_finding(field) for field in unreadable(form, formsets) if not _is_located(field, known)]
    missing = _missing(empty, snapshot["blocks"])
    return Checks([*unusable, *findings.locate(found, snapshot["blocks"], rows)], missing)


def _missing(empty, blocks):
    """Return in words what a page needs and lacks; its title and short name follow from the heading."""
    names = [f"the {structure.NAMES[name]}" for name in empty if name in ("heading", "lede", "description")]
    return [*names, *([] if blocks else ["the first block"])]


def _is_located(field, known):
    """Whether the checks report `field` already, or it is empty because it was only just added."""
    return (field.row, field.name) in known or (field.is_new and field.is_empty)


def _as_finding(field):
    return findings.LocatedFinding("error", str(field.errors[0]), "", field.place, f"#{field.row}")


@dataclass(frozen=True)
class Checks:
    """What the checks found, errors first, and what was not begun yet."""

    findings: list  # of LocatedFinding
    missing: list  # of words

    def __str__(self):
        """The numbers in words, for the line next to the buttons."""
        errors = sum(finding.severity == "error" for finding in self.findings)
        warnings = len(self.findings) - errors
        missing = f"still missing: {len(self.missing)}" if self.missing else ""
        parts = [_counted(errors, "error"), _counted(warnings, "warning"), missing]
        return ", ".join(filter(None, parts)) or "no problems found"


def _counted(number, noun):
    return f"{number} {noun}{pluralize(number)}" if number else ""


@dataclass(frozen=True)
class Unreadable:
    """A field that does not validate: the id of it, or of its block's row, and where it is in words."""

    row: str
    name: str
    place: str
    errors: list
    is_new: bool  # its page or block was never saved

    @property
    def is_empty(self):
        return any(error.code == "required" for error in self.errors.as_data())

    def __str__(self):
        return f"{self.place}: {self.errors[0]}"


def unreadable(form, formsets):
    """Yield an `Unreadable` for each field that cannot be saved as it is, in the order of the form."""
    for name, errors in form.errors.items():
        if name in form.fields:
            yield Unreadable(f"id_{name}", name, form[name].label, errors, is_new=form.instance.pk is None)
    for formset in formsets:
        for block in formset.forms:
            if not block.cleaned_data.get(DELETION_FIELD_NAME):
                yield from _unreadable_in(block)


def _unreadable_in(block):
    kind = block.instance._meta.verbose_name.capitalize()
    for name, errors in block.errors.items():
        if name in block.fields:
            place = f"{kind}, {block[name].label.lower()}"
            yield Unreadable(block.prefix, name, place, errors, is_new=block.instance.pk is None)


def count(form, formsets):
    """Return words, minutes and reading grade of the page and of each block, by the prefix of its fields."""
    posted = posted_blocks(formsets)
    return _counts(snapshot_of(form, posted), [block.prefix for block in posted])


def count_saved(version):
    """Return the same of a saved draft, for the form that shows exactly this Version."""
    return _counts(version.snapshot, findings.rows_of_blocks(version.snapshot["blocks"]))


def _counts(snapshot, rows):
    page = snapshot["page"]
    ruler = ruler_of(page["path"])
    limits = ruler.EMERGENCY if page["layout"] == Page.Layout.EMERGENCY else ruler.EVERYDAY
    known = [pair for pair in zip(rows, snapshot["blocks"], strict=True) if pair[1]["kind"] in BLOCKS_BY_KIND]
    blocks = {row: measured(block_html(block), ruler, MIN_WORDS_FOR_A_GRADE) for row, block in known}
    return {
        "page": _shown(ruler.measure(page_html(snapshot)), limits),
        "blocks": {prefix: _shown(found, limits) for prefix, found in blocks.items()},
    }


def _shown(measured, limits):
    return {"words": measured.words, "minutes": measured.minutes, **measured.shown(limits)}
