"""Messages that visitors send to the clinic."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    verbose_name = "Messages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from intake import checks  # noqa: F401 - registers the system checks
