"""Admin of helplines: change a number here and it is right on every page."""

from django import forms
from django.contrib import admin

from content import usage
from content.admin.base import UsedFactAdmin, page_links
from content.models import Helpline


class HelplineRowForm(forms.ModelForm):
    """One row of the list, each field with a name that a screen reader can say."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"


@admin.register(Helpline)
class HelplineAdmin(UsedFactAdmin):
    list_display = [
        "name",
        "code",
        "number",
        "position",
        "is_spare_used",
        "is_published",
        "is_in_footer",
        "checked_on",
    ]
    list_editable = ["position", "is_spare_used"]
    list_filter = ["is_published", "is_in_footer"]
    search_fields = ["name", "slug", "phone"]
    autocomplete_fields = ["sources"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "use_when", "position", "is_published", "is_in_footer"]}),
        ("Call", {"fields": ["phone", "phone_note", "spare_phone", "is_spare_used", "tty_phone"]}),
        ("Text", {"fields": ["sms_number", "sms_note", "sms_body"]}),
        ("Web", {"fields": ["web_url", "web_label"]}),
        ("What to expect", {"fields": ["hours", "cost", "languages"]}),
        ("Checked", {"fields": ["checked_on", "check_note", "sources"]}),
    ]

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=HelplineRowForm, **kwargs)

    def uses_of(self, helpline):
        return page_links(usage.all_uses().helplines[helpline.slug])
