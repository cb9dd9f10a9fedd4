"""Answers that belong to neither app: health, robots, and the page for an unexpected error."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseServerError, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

try:
    from intake import notifications
except ImportError:  # pragma: no cover
    notifications = None


@require_safe
@never_cache
def health(request):
    """Answer 200 when messages can be stored and staff are told of them, else 503; JSON says which."""
    state = {"database": _database_answers()}
    if state["database"]:
        state |= notifications.health()
    is_well = state["database"] and not state["untold"]
    return JsonResponse({"ok": is_well, **state}, status=200 if is_well else 503)


def _database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@require_safe
def robots(request):
    """Ask search engines to leave the admin, previews and the form's answers alone."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /preview/", "Disallow: /contact/sent/"]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def server_error(request):
    """Answer an unexpected error with the crisis lines; needs neither the database nor a context."""
    return HttpResponseServerError(render_to_string("500.html"))
