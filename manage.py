#!/usr/bin/env python
"""Django's command line for this project.

A wrong setting is explained without a traceback, and so is a database that does not answer or does not fit;
`--traceback` shows it all the same.
"""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vtc_site.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import Error as DatabaseFailure

    from intake.encryption import DecryptionError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except (DatabaseFailure, DecryptionError) as error:
        from vtc_site.database_condition import explanation  # it needs the settings

        if "--traceback" in sys.argv or not (words := explanation(error)):
            raise
        sys.exit(words)
