"""The addresses of the site, and one for each answer that only a failure brings. For lasting_site."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError
from django.urls import include, path

from vtc_site.urls import handler400, handler500  # noqa: F401 - Django looks for both here
from vtc_site.urls import urlpatterns as addresses


def fail(error):
    def view(request):
        raise error

    return view


FAILURES = [
    path("fails/403/", fail(PermissionDenied)),
    path("fails/413/", fail(RequestDataTooBig)),
    path("fails/500/", fail(RuntimeError("on purpose"))),
    path("fails/database/", fail(DatabaseError("on purpose"))),
]
urlpatterns = [*FAILURES, path("es/", include(FAILURES)), *addresses]
