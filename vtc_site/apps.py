"""The project's own app (commands, checks) and its configuration of Django's admin."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class SiteConfig(AppConfig):
    """The project as an app, so that its commands and checks are found."""

    name = "vtc_site"
    verbose_name = "Site"
    default = True

    def ready(self):
        from vtc_site import checks  # noqa: F401 - registers the system checks


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin under our name; see vtc_site/admin_site.py."""

    default = False
    default_site = "vtc_site.admin_site.AdminSite"
