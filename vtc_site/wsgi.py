"""What a WSGI server runs. Starting it also starts the thread that tells staff of new messages."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vtc_site.settings")
application = get_wsgi_application()

from intake import courier  # noqa: E402 - models exist only after the line above

courier.start()
