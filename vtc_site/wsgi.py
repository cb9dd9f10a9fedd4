"""What a WSGI server runs: finished pages from memory, everything else from Django.

Starting it also starts two threads: one tells staff of new messages and of reviews that are due, one keeps
the pages in memory new. Code that cannot be loaded ends no process: the server would give up after two.
"""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vtc_site.settings")

from vtc_site.last_resort import Broken, LastResort

try:
    _django = get_wsgi_application()

    from intake import database_timeouts  # models exist only after the line above
    from vtc_site import background
    from vtc_site.page_cache import PageCache
    from vtc_site.request_repairs import repaired

    get_resolver().url_patterns  # noqa: B018 - loads every view now; later the code may be another release's
    database_timeouts.limit()
    _pages = PageCache(repaired(_django))
    _pages.start()
    background.start()
    gc.freeze()  # what lives as long as the process is not looked through again and again
except Exception as error:
    _pages = Broken(error)

application = LastResort(_pages)
