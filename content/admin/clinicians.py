"""Admin of the clinicians who sign off medical text."""

from django.contrib import admin
from django.urls import reverse

from content.admin.base import UsedFactAdmin
from content.models import Clinician, Version

MAX_SHOWN = 50  # of the Versions that a clinician signed off, the newest


@admin.register(Clinician)
class ClinicianAdmin(UsedFactAdmin):
    list_display = ["name", "credentials", "license_number", "is_active"]
    search_fields = ["name"]
    fixed_field = ""  # a name may be corrected

    class Media:
        css = {"all": ["css/admin/lists.css"]}

    def uses_of(self, clinician):
        """Return what this person signed off, ever: clinicians who leave are made inactive, not deleted."""
        signed = Version.objects.filter(reviewer=clinician).select_related("page").defer("snapshot")
        return [
            (reverse("admin:content_page_history", args=[version.page_id]), str(version))
            for version in signed.order_by("-reviewed_on", "page__position", "-number")[:MAX_SHOWN]
        ]
