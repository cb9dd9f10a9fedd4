"""Guards every address of the admin: signs out people who have been idle, and keeps pages out of caches.

Public addresses are left alone: no session is read, no cookie is looked at.
"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse

from intake.encryption import DecryptionError
from intake.receiving import keys_in_use
from vtc_site.sign_in import sessions
from vtc_site.sign_in.hashing import TooBusyError

METHODS = ("GET", "HEAD", "POST")
RETRY_AFTER_SECONDS = 3


class StaffMiddleware:
    """Stands below the middleware that knows user and second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        request.has_fresh_code = sessions.has_fresh_code(request.session)  # asked by the publish screen
        response = self._refusal(request) or self.get_response(request)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def process_exception(self, request, exception):
        """Turn a password away that came while too many others are checked; name a key that is missing."""
        if isinstance(exception, DecryptionError) and admin.site.has_permission(request):
            return _unreadable(request)
        if not isinstance(exception, TooBusyError):
            return None
        headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
        return HttpResponse(render_to_string("429.html"), status=429, headers=headers)

    def _refusal(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "%00" in request.META.get("QUERY_STRING", ""):  # no keyboard types it, and PostgreSQL fails on it
            return HttpResponseBadRequest("This address is wrong.", content_type="text/plain")
        if SESSION_KEY not in request.session:
            return None
        if not request.user.is_authenticated:  # switched off, or the password was changed elsewhere
            request.session.flush()
            return None
        if sessions.seconds_left(request.session) > 0:
            if _is_made_by_a_person(request):
                sessions.note_activity(request.session)
            return None
        return _sign_out(request)


def _unreadable(request):
    """Say what staff can do about a text that none of the keys opens: ask for the key."""
    problem = keys_in_use.problem() or "FIELD_ENCRYPTION_KEYS lacks a key that it had before."
    known = admin.site.each_context(request)
    context = {**known, "title": "This cannot be read right now", "problem": problem}
    return HttpResponse(render_to_string("admin/unreadable.html", context, request), status=500)


def _is_made_by_a_person(request):
    """Whether somebody opened a page; what a page's script asks for by itself does not count."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _sign_out(request):
    is_idle = sessions.idle_seconds(request.session) >= settings.STAFF_IDLE_SECONDS
    logout(request)
    if request.path in (reverse("admin:login"), reverse("admin:still_here")):
        return None
    query = urlencode({"next": way_back(request), "reason": "idle" if is_idle else "day"})
    return HttpResponseRedirect(f"{reverse('admin:login')}?{query}")


def way_back(request):
    """Return the page where the person was: for something sent, the page that had the form."""
    if request.method != "POST":
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.get_host() else request.path
