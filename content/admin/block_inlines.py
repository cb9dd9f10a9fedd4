"""How the edit screen shows each kind of block: name in the menu, icon, fields. Used by pages.py."""

from content_editor.admin import ContentEditorInline
from django import forms
from django.db import models

from content.admin.editing import HelplineFormSet
from content.admin.picture_field import PICTURE
from content.models import BLOCK_MODELS, Helpline

# kind -> (icon of the menu, name in the words of the people who edit)
MENU = {
    "text": ("notes", "text"),
    "callout": ("campaign", "colored box"),
    "sign_list": ("checklist", "signs or symptoms"),
    "timeline_stage": ("timeline", "timeline stage"),
    "steps": ("format_list_numbered", "steps to do"),
    "key_figure": ("pin", "key figure"),
    "question": ("help", "question and answer"),
    "card": ("door_front", "link to another page"),
    "helplines": ("call", "helplines"),
    "image": ("image", "image"),
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
    icon, name = MENU[model.kind]
    base = HelplineListInline if model.kind == "helplines" else ContentEditorInline
    words = {"verbose_name": name, "verbose_name_plural": name}
    return base.create(model, icon=icon, color="currentcolor", formfield_overrides=OWN_FIELDS, **words)


BLOCK_INLINES = [block_inline(model) for model in BLOCK_MODELS]
