"""The project's own configuration of Django's admin."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Django's admin under our name; see vtc_site/admin_site.py."""

    default_site = "vtc_site.admin_site.AdminSite"
