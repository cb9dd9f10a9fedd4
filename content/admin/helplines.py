"""Admin of helplines: change a number here and it is right on every page."""

from django import forms
from django.contrib import admin

from content.admin.base import UsedFactAdmin, page_links
from content.admin.published_facts import PublishedFact, live_pages, of_uses
from content.admin.words_in_languages import OTHER_LANGUAGES, WordsAdmin, WordsForm
from content.models import Helpline
from content.models.facts import LOCKED_LINES
from content.rendering import usage


class HelplineRowForm(forms.ModelForm):
    """One row of the list, each field with a name that a screen reader can say."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"


# What pages show of a line that none of them names
IN_STRIP = {"slug", "phone", "spare_phone", "is_spare_used", "sms_number", "sms_body", "is_published"}
IN_FOOTER = IN_STRIP | {
    "is_in_footer",
    "name",
    "position",
    "phone_note",
    "web_url",
    "web_label",
    "replaced_by",
}


def pages_showing(helpline):
    """Return the live pages with `helpline`: those that name it, all for one in the strip or the footer."""
    if helpline.is_in_footer or helpline.slug in LOCKED_LINES:
        return live_pages()
    return pages_naming(helpline)


def pages_naming(helpline):
    """Return the live pages with `helpline` in their text."""
    uses = usage.all_uses().helplines
    replaced = helpline.replaces.values_list("slug", flat=True) if helpline.pk else []
    slugs = [helpline.slug, *replaced]
    return of_uses([use for slug in slugs for use in uses[slug]])


class InUseForm(WordsForm):
    """Keeps “Call …” from becoming words without a number."""

    def clean(self):
        super().clean()
        is_hidden = "is_published" in self.changed_data and not self.cleaned_data.get("is_published")
        if not is_hidden or not self.instance.pk or self.cleaned_data.get("replaced_by"):
            return
        if pages := pages_showing(Helpline.objects.get(pk=self.instance.pk)):
            names = ", ".join(map(str, pages[:5]))
            self.add_error("replaced_by", f"Live pages use this line ({names}). Choose what they show.")


@admin.register(Helpline)
class HelplineAdmin(WordsAdmin, PublishedFact, UsedFactAdmin):
    form = InUseForm
    staff_fields = ("check_note", "checked_on")
    unsigned_fields = Helpline.SENTENCES
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
    list_editable = ["position"]
    list_filter = ["is_published", "is_in_footer"]
    search_fields = ["name", "slug", "phone"]
    autocomplete_fields = ["sources"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "use_when", "position", "is_published", "replaced_by"]}),
        ("Footer", {"fields": ["is_in_footer"]}),
        ("Call", {"fields": ["phone", "phone_note", "spare_phone", "is_spare_used", "tty_phone"]}),
        ("Text", {"fields": ["sms_number", "sms_note", "sms_body"]}),
        ("Web", {"fields": ["web_url", "web_label"]}),
        ("What to expect", {"fields": ["hours", "cost", "languages"]}),
        ("Checked", {"fields": ["checked_on", "check_note", "sources"]}),
    ]

    class Media:
        js = ["js/admin/named-search.js"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Leave out the button that clears all sources: select2 puts it into a list as no item of it."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.widget.is_required = True
        return field

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=HelplineRowForm, **kwargs)

    def frame_fields(self, helpline):
        is_everywhere = helpline.is_in_footer or helpline.slug in LOCKED_LINES
        return (*Helpline.WORD_FIELDS, "web_url", "tty_phone") if is_everywhere else ()

    def is_locked(self, helpline):
        return helpline.slug in LOCKED_LINES

    def pages_of_fields(self, helpline, names):
        shown = IN_FOOTER if helpline.is_in_footer else IN_STRIP
        plain = {name.removesuffix(f"_{code}") for name in names for code, _ in OTHER_LANGUAGES}
        return pages_showing(helpline) if shown & plain else pages_naming(helpline)

    def pages_of(self, helpline):
        return pages_showing(helpline)

    def uses_of(self, helpline):
        pages = page_links(usage.all_uses().helplines[helpline.slug])
        return [*pages, ("/", "The footer of every page")] if helpline.is_in_footer else pages
