"""Admin of the facts that all pages share: change one here and it is right everywhere."""

from django.contrib import admin

from content.models import Clinic, Helpline, Reviewer, Source


@admin.register(Helpline)
class HelplineAdmin(admin.ModelAdmin):
    list_display = ["name", "number", "hours", "is_published", "is_in_footer", "is_spare_used", "checked_on"]
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


@admin.register(Clinic)
class ClinicAdmin(admin.ModelAdmin):
    fieldsets = [
        (None, {"fields": ["name", "address", "hours_text"]}),
        ("Phone", {"fields": ["phone", "who_answers", "text_number"]}),
        ("License", {"fields": ["licence_type", "licence_number", "licence_url", "licence_expires_on"]}),
        ("Leave button", {"fields": ["leave_url"]}),
    ]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Clinic.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Reviewer)
class ReviewerAdmin(admin.ModelAdmin):
    list_display = ["name", "credentials", "licence_number", "is_active"]
    search_fields = ["name"]


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["slug", "publisher", "title", "year", "verification", "checked_on"]
    list_filter = ["verification"]
    search_fields = ["slug", "publisher", "title"]
