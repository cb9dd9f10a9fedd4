"""How the edit screen shows each kind of block. Its name is that of the model. Used by pages.py."""

from content_editor.admin import ContentEditorInline
from django import forms
from django.db import models

from content.admin.editing import HelplineFormSet
from content.admin.image_field import PICTURE
from content.models import BLOCK_MODELS, Helpline

# kind -> icon of the menu
ICONS = {
    "text": "notes",
    "callout": "campaign",
    "sign_list": "checklist",
    "timeline_stage": "timeline",
    "steps": "format_list_numbered",
    "key_figure": "pin",
    "question": "help",
    "phrases": "forum",
    "table": "table_chart",
    "card": "door_front",
    "helplines": "call",
    "image": "image",
}
OWN_FIELDS = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 4})}, **PICTURE}


class HelplineListForm(forms.ModelForm):
    """Helplines as boxes to tick: every device and screen reader knows them, and what is chosen shows."""

    helplines = forms.ModelMultipleChoiceField(queryset=Helpline.objects, widget=forms.CheckboxSelectMultiple)


class HelplineListInline(ContentEditorInline):
    form = HelplineListForm
    formset = HelplineFormSet

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("helplines")


def block_inline(model):
    """Return the inline that edits blocks of kind `model`."""
    base = HelplineListInline if model.kind == "helplines" else ContentEditorInline
    name = model._meta.verbose_name
    words = {"verbose_name": name, "verbose_name_plural": name}
    return base.create(
        model, icon=ICONS[model.kind], color="currentcolor", formfield_overrides=OWN_FIELDS, **words
    )


BLOCK_INLINES = [block_inline(model) for model in BLOCK_MODELS]
