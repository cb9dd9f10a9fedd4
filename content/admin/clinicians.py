"""Admin of the clinicians who sign off medical text, each with their own staff account."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse

from content.admin.base import UsedFactAdmin
from content.models import Clinician, Version

MAX_SHOWN = 50  # of the Versions that a clinician signed off, the newest


@admin.register(Clinician)
class ClinicianAdmin(UsedFactAdmin):
    list_display = ["name", "credentials", "user", "license_number", "is_active"]
    search_fields = ["name"]
    fixed_field = "name"

    def get_readonly_fields(self, request, obj=None):
        """Keep who somebody is once they signed: the record can end, and a new one begin."""
        fixed = ["user", "credentials"] if obj and self._uses(obj) else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs["queryset"] = get_user_model().objects.filter(is_active=True, is_staff=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def uses_of(self, clinician):
        """Return what this person signed off, ever: clinicians who leave are made inactive, not deleted."""
        signed = Version.objects.filter(reviewer=clinician).select_related("page").defer("snapshot")
        return [
            (reverse("admin:content_page_history", args=[version.page_id]), str(version))
            for version in signed.order_by("-reviewed_on", "page__position", "-number")[:MAX_SHOWN]
        ]
