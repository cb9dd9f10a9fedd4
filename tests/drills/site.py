"""The site as a drill serves it: `granian tests.drills.site:application`."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.drills.drill_settings"

from vtc_site.wsgi import application

# isort: split
from tests.drills import hurry  # noqa: F401 - after Django is set up

__all__ = ["application"]
