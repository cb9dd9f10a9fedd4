"""Admin of the clinic's own record. What is empty in it is not shown anywhere."""

from django.conf import settings
from django.contrib import admin

from content.admin import site_words
from content.admin.base import SingletonAdmin, UncutForm
from content.admin.published_facts import PublishedFact, all_live
from content.models import Clinic, Version
from content.rendering import usage
from content.rendering.clinic_words import FIELDS

AROUND_PAGES = ("name", "who_answers", "referral_note", "license_type")
IN_TEXT = {name for names in FIELDS.values() for name in names} - {"phone", "text_number"}


class ClinicForm(UncutForm):
    """Checks what every page says like a page: no promise of a cure, no words that hurt."""

    def clean(self):
        super().clean()
        for name in {*AROUND_PAGES, "languages", "insurers"} & set(self.changed_data):
            for error in site_words.promises(self.cleaned_data.get(name) or "", settings.LANGUAGE_CODE):
                self.add_error(name, error)


@admin.register(Clinic)
class ClinicAdmin(PublishedFact, SingletonAdmin):
    form = ClinicForm
    pages_of = staticmethod(all_live)
    unsigned_fields = (*Clinic.SENTENCES, "license_type", "address")
    may_name_medicines = Clinic.SENTENCES  # “Dr. Lee prescribes methadone” is no advice
    frame_errors = staticmethod(site_words.desk_errors)
    fieldsets = [
        (None, {"fields": ["name", "address"]}),
        ("Phone", {"fields": ["phone", "who_answers", "referral_note", "text_number"]}),
        ("Care", {"fields": ["ages_seen", "languages", "prescribes", "medicine_elsewhere"]}),
        ("Cost", {"fields": ["first_session_price", "insurers", "takes_medi_cal"]}),
        ("License", {"fields": ["license_type", "license_number", "license_url", "license_expires_on"]}),
        ("Sign-off", {"fields": ["is_one_person"]}),
        ("Leave button", {"fields": ["leave_url"]}),
    ]

    def frame_fields(self, clinic):
        return AROUND_PAGES

    def pages_of_fields(self, clinic, names):
        """Return those that name them in their text, where neither header nor footer shows them."""
        if set(names) - IN_TEXT:
            return all_live(clinic)
        codes = {code for code, fields in FIELDS.items() if set(fields) & set(names)}
        live = Version.objects.current().select_related("page").order_by("page__position", "page__path")
        return [version.page for version in live if codes & usage.named(version.snapshot)[1]]

    def get_fieldsets(self, request, obj=None):
        """Let owners alone say that one person may sign off their own text; others read what they said."""
        shown = super().get_fieldsets(request, obj)
        if not request.user.has_perm("content.set_one_person_clinic"):
            dict(shown)["Sign-off"]["fields"] = ["one_person"]
        return shown

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "one_person"]

    @admin.display(description="one-person clinic")
    def one_person(self, clinic):
        return f"{'Yes' if clinic.is_one_person else 'No'}. Owners change this."
