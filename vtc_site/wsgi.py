"""What a WSGI server runs: finished pages from memory, everything else from Django.

Starting it also starts two threads: one tells staff of new messages and of reviews that are due, one keeps
the pages in memory new.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vtc_site.settings")
_django = get_wsgi_application()

from intake import database_timeouts  # noqa: E402 - models exist only after the line above
from vtc_site import background  # noqa: E402
from vtc_site.page_cache import PageCache  # noqa: E402
from vtc_site.request_repairs import repaired  # noqa: E402

database_timeouts.limit()
application = PageCache(repaired(_django))
application.start()
background.start()
