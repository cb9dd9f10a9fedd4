"""The project's own app (commands, checks) and its configuration of Django's admin."""

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin_apps
from django.contrib.auth import apps as auth_apps
from django.db.models.signals import post_delete, post_migrate, post_save


class SiteConfig(AppConfig):
    """The project as an app, so that its commands and checks are found."""

    name = "vtc_site"
    verbose_name = "Site"
    default = True

    def ready(self):
        from vtc_site import checks  # noqa: F401 - registers the system checks

        watch_public_records()


def watch_public_records():
    """Let every save of what pages show make the pages in memory old, whichever app it belongs to."""
    from django.conf import settings
    from django.utils.autoreload import file_changed

    from content import models
    from content.caching import public_state
    from intake.models import Closure, IntakeSettings, OfficeHours

    def changed(sender, **kwargs):
        public_state.touch()

    public = [
        models.Version,
        models.Helpline,
        models.Clinic,
        models.SiteSettings,
        models.Clinician,
        models.Source,
        models.GlossaryTerm,
        models.Synonym,
        models.Notice,
        models.PageSettings,
    ]
    for model in [*public, IntakeSettings, OfficeHours, Closure]:
        post_save.connect(changed, sender=model, weak=False)
        post_delete.connect(changed, sender=model, weak=False)
    if settings.DEBUG:
        file_changed.connect(changed, weak=False)  # an edited template shows without a restart


class AuthConfig(auth_apps.AuthConfig):
    """Django's accounts under our word for them."""

    default = False
    verbose_name = "Staff"

    def ready(self):
        super().ready()
        from vtc_site.staff import roles

        # Sent for each app; of the last one, and connected after Django's own, when every permission exists.
        post_migrate.connect(roles.apply, sender=list(apps.get_app_configs())[-1], weak=False)


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin under our name; see vtc_site/admin_site.py."""

    default = False
    default_site = "vtc_site.admin_site.AdminSite"

    def ready(self):
        super().ready()
        from django.contrib.admin import site

        from vtc_site.staff.admin import replace_registrations

        replace_registrations(site)
