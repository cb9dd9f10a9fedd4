"""Office hours, closed days, and the words for calls and texts in the admin."""

from django.contrib import admin

from intake import reply_times
from intake.models import Closure, OfficeHours, Script


@admin.register(OfficeHours)
class OfficeHoursAdmin(admin.ModelAdmin):
    """Every change decides anew which times of day the form offers."""

    list_display = ["weekday", "opens_at", "closes_at"]
    list_display_links = ["weekday", "opens_at"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        reply_times.remember_offered_times()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        reply_times.remember_offered_times()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        reply_times.remember_offered_times()


@admin.register(Closure)
class ClosureAdmin(admin.ModelAdmin):
    list_display = ["on", "reason"]
    list_filter = ["on"]


@admin.register(Script)
class ScriptAdmin(admin.ModelAdmin):
    """Staff change the words; which safety wish a script is for is fixed."""

    list_display = ["use", "words"]
    fields = ["use", "words"]
    readonly_fields = ["use"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
