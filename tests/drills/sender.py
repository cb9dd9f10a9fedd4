"""The command send_notifications as a drill runs it: in a hurry. Run as `python -m tests.drills.sender`."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.drills.drill_settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.drills import hurry  # noqa: E402, F401

if __name__ == "__main__":
    call_command("send_notifications")
