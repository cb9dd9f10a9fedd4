"""Django's admin with the clinic's name. Colors: templates/admin/base_site.html and static/css/admin.css."""

from django.conf import settings
from django.contrib import admin

from vtc_site.sign_in.urls import sign_in_urls


class AdminSite(admin.AdminSite):
    """The one back office: pages, shared facts, messages."""

    site_header = "Virtual Treatment Center"
    site_title = "Virtual Treatment Center staff"
    index_title = "Pages and messages"
    enable_nav_sidebar = False

    def has_permission(self, request):
        """Active staff who gave a code too, where the second factor is required."""
        if not super().has_permission(request):
            return False
        return not settings.STAFF_SECOND_FACTOR or request.user.is_verified()

    def get_urls(self):
        return [*sign_in_urls(self), *super().get_urls()]

    def each_context(self, request):
        """Add what the page's script for the idle sign-out needs to know."""
        idle = {"idle": settings.STAFF_IDLE_SECONDS, "warning": settings.STAFF_WARNING_SECONDS}
        return {**super().each_context(request), "staff_seconds": idle}
