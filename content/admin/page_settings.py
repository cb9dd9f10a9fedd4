"""Admin of the switches for all pages."""

from django.contrib import admin

from content.admin.base import SingletonAdmin
from content.models import PageSettings


@admin.register(PageSettings)
class PageSettingsAdmin(SingletonAdmin):
    pass
