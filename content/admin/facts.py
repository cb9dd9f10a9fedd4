"""Admin of the facts that all pages share: change one here and it is right everywhere."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html_join

from content import usage
from content.admin.audit import AuditedMixin
from content.models import Clinic, Clinician, Helpline, Source, Version

MOST_SHOWN = 50  # of what a reviewer signed off, the newest


class KeptMixin:
    """For facts that others rest on: shows who does, and keeps code and record as long as anybody does."""

    fixed_field = "slug"

    def rests_on(self, fact):
        """Return (address, text) of everything that rests on `fact`."""
        raise NotImplementedError

    def get_readonly_fields(self, request, obj=None):
        fixed = [self.fixed_field] if obj and self.fixed_field and self._rests_on(obj) else []
        return [*super().get_readonly_fields(request, obj), *fixed, "used_by"]

    def get_fieldsets(self, request, obj=None):
        shown = [(title, dict(options)) for title, options in super().get_fieldsets(request, obj)]
        for _, options in shown:
            options["fields"] = [name for name in options["fields"] if name != "used_by"]
        return [*shown, ("Where it is used", {"fields": ["used_by"]})] if obj else shown

    def has_delete_permission(self, request, obj=None):
        """One at a time, and only what nothing rests on."""
        return obj is not None and super().has_delete_permission(request, obj) and not self._rests_on(obj)

    @admin.display(description="used by")
    def used_by(self, fact):
        rows = self._rests_on(fact)
        return format_html_join("", '<a href="{}">{}</a><br>', rows) if rows else "Nothing rests on it."

    def _rests_on(self, fact):
        if not hasattr(fact, "rests_on"):  # asked several times for one screen
            fact.rests_on = self.rests_on(fact)
        return fact.rests_on


def _page_links(uses):
    return [
        (reverse("admin:content_page_change", args=[use.page.pk]), f"{use.page.short_name} ({use.where})")
        for use in uses
    ]


class HelplineRowForm(forms.ModelForm):
    """One row of the list, each field with a name that a screen reader can say."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}: {self.instance}"


@admin.register(Helpline)
class HelplineAdmin(KeptMixin, AuditedMixin, admin.ModelAdmin):
    list_display = [
        "name",
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

    class Media:
        css = {"all": ["css/admin-cards.css", "css/admin-facts.css"]}

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=HelplineRowForm, **kwargs)

    def rests_on(self, helpline):
        return _page_links(usage.all_uses().helplines[helpline.slug])


@admin.register(Clinic)
class ClinicAdmin(AuditedMixin, admin.ModelAdmin):
    """One record: its list leads straight to it."""

    fieldsets = [
        (None, {"fields": ["name", "address", "hours_text"]}),
        ("Phone", {"fields": ["phone", "who_answers", "referral_note", "text_number"]}),
        ("Care", {"fields": ["ages_seen", "languages", "prescribes", "medicine_elsewhere"]}),
        ("Cost", {"fields": ["first_session_price", "insurers", "takes_medi_cal"]}),
        ("License", {"fields": ["licence_type", "licence_number", "licence_url", "licence_expires_on"]}),
        ("Leave button", {"fields": ["leave_url"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        clinic = Clinic.objects.first()
        if clinic:
            return HttpResponseRedirect(reverse("admin:content_clinic_change", args=[clinic.pk]))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:content_clinic_add"))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Clinic.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Clinician)
class ClinicianAdmin(KeptMixin, AuditedMixin, admin.ModelAdmin):
    list_display = ["name", "credentials", "licence_number", "is_active"]
    search_fields = ["name"]
    fixed_field = ""  # a name may be corrected

    class Media:
        css = {"all": ["css/admin-cards.css"]}

    def rests_on(self, reviewer):
        """What this person signed off, live or long ago: whoever leaves is switched off, never deleted."""
        signed = Version.objects.filter(reviewer=reviewer).select_related("page").defer("snapshot")
        return [
            (reverse("admin:content_page_history", args=[version.page_id]), str(version))
            for version in signed.order_by("-reviewed_on", "page__position", "-number")[:MOST_SHOWN]
        ]


class CitedChangeList(ChangeList):
    """Counts for a whole screen at once how many pages cite each source."""

    def get_results(self, request):
        super().get_results(request)
        uses, self.result_list = usage.all_uses(), list(self.result_list)
        for source in self.result_list:
            source.page_count = len({use.page for use in uses.sources[source.slug]})


@admin.register(Source)
class SourceAdmin(KeptMixin, AuditedMixin, admin.ModelAdmin):
    list_display = ["slug", "publisher", "title", "year", "verification", "checked_on", "expires_on", "pages"]
    list_filter = ["verification"]
    search_fields = ["slug", "publisher", "title"]

    class Media:
        css = {"all": ["css/admin-cards.css", "css/admin-facts.css"]}

    def get_changelist(self, request, **kwargs):
        return CitedChangeList

    @admin.display
    def pages(self, source):
        return source.page_count

    def rests_on(self, source):
        lines = [
            (reverse("admin:content_helpline_change", args=[line.pk]), f"{line} (helpline)")
            for line in usage.helplines_resting_on(source)
        ]
        return _page_links(usage.all_uses().sources[source.slug]) + lines
