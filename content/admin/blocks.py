"""How the edit screen shows each kind of block: BLOCK_INLINES. Used by pages.py."""

from functools import cached_property

from content_editor.admin import ContentEditorInline
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet, ModelChoiceField

from content import images
from content.admin.base import UncutForm
from content.admin.image_field import PICTURE
from content.models import BLOCKS_BY_KIND, Helpline, HelplineList, Picture

FIELD_WIDGETS = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 4})}, **PICTURE}


class BlockForm(UncutForm):
    """Takes a block that is not finished: a draft is saved as it is; the page checks say what it lacks."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self._meta.model.may_wait() & set(self.fields):
            self.fields[name].required = False


class KnownBlockField(ModelChoiceField):
    """Finds a block among those of the page, which are read already; Django asks for each of them again."""

    def __init__(self, known, field):
        super().__init__(field.queryset, initial=field.initial, required=False, widget=field.widget)
        self.known = known

    def to_python(self, value):
        if value in self.empty_values:
            return None
        known = self.known(value)
        if known is None:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return known


class BlockFormSet(BaseInlineFormSet):
    """Reads the blocks of a page once, not once a block."""

    @cached_property
    def _known(self):
        return {str(block.pk): block for block in self.get_queryset()}

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["id"] = KnownBlockField(self._known.get, form.fields["id"])


class BlockInline(ContentEditorInline):
    """Marks the fields that the editor's script may show as the title of a block, in order."""

    color = "currentcolor"
    form = BlockForm
    formset = BlockFormSet
    formfield_overrides = FIELD_WIDGETS

    def formfield_for_dbfield(self, db_field, *args, **kwargs):
        field = super().formfield_for_dbfield(db_field, *args, **kwargs)
        if db_field.name in self.model.title_fields:
            field.widget.attrs["data-title"] = self.model.title_fields.index(db_field.name)
        return field


class HelplineListForm(BlockForm):
    """Helplines as checkboxes: every device and screen reader knows them, and what is chosen shows."""

    helplines = forms.ModelMultipleChoiceField(
        queryset=Helpline.objects, widget=forms.CheckboxSelectMultiple, required=False
    )


class HelplineListFormSet(BlockFormSet):
    """Reads the helplines to choose from once, not once a block."""

    @cached_property
    def _lines(self):
        return [(line.pk, str(line)) for line in Helpline.objects.all()]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "helplines" in form.fields:
            form.fields["helplines"].choices = self._lines


class HelplineListInline(BlockInline):
    form = HelplineListForm
    formset = HelplineListFormSet

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("helplines")


FOCUS, MIDDLE = ("focus_x", "focus_y"), 50


class PictureForm(BlockForm):
    """Makes the part that visitors see of a picture, in the shape and around the point that were chosen."""

    class Meta:
        widgets = {
            name: forms.NumberInput({"type": "range", "min": 0, "max": 100, "step": 1}) for name in FOCUS
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in FOCUS:
            self.fields[name].required = False

    def clean(self):
        cleaned = super().clean()
        cleaned |= {name: MIDDLE for name in FOCUS if cleaned.get(name) is None}
        ratio, digest = Picture.RATIOS.get(cleaned.get("crop")), cleaned.get("image")
        focus = [cleaned[name] for name in FOCUS]
        part = images.crop(digest, ratio, focus) if ratio and digest else None
        self.instance.cropped = part.pk if part else ""
        return cleaned


class PictureInline(BlockInline):
    form = PictureForm


# The inline of a kind that needs more than its fields
BASES = {HelplineList: HelplineListInline, Picture: PictureInline}


def block_inline(model):
    """Return the inline that edits blocks of the kind `model`."""
    base = BASES.get(model, BlockInline)
    return base.create(
        model, icon=model.menu_icon, verbose_name=model.label(), verbose_name_plural=model.label()
    )


BLOCK_INLINES = [block_inline(model) for model in BLOCKS_BY_KIND.values()]
