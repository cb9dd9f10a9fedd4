"""Admin of the clinic's own record. What is empty in it is not shown anywhere."""

from django.contrib import admin

from content.admin.base import SingletonAdmin
from content.admin.published_facts import PublishedFact, all_live
from content.models import Clinic


@admin.register(Clinic)
class ClinicAdmin(PublishedFact, SingletonAdmin):
    pages_of = staticmethod(all_live)
    unsigned_fields = Clinic.SENTENCES
    may_name_medicines = True  # “Dr. Lee prescribes methadone” is no advice
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
        return ("who_answers", "referral_note")

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
