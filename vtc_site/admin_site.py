"""Django's admin with the clinic's name. Colors: templates/admin/base_site.html and static/css/admin.css."""

from django.contrib import admin


class AdminSite(admin.AdminSite):
    """The one back office: pages, shared facts, messages."""

    site_header = "Virtual Treatment Center"
    site_title = "Virtual Treatment Center staff"
    index_title = "Pages and messages"
    enable_nav_sidebar = False
