"""Answers that belong to neither app: health, what search engines and phones ask for, unexpected errors."""

import sys
from copy import copy

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent
from django.db import Error as DatabaseFailure
from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.caching import site_facts
from content.rendering import brand_pictures
from content.visitors.sitemaps import OtherSitemap, PageSitemap
from content.visitors.views import for_everyone
from vtc_site import health, release

MOST_LETTERS_BELOW_AN_ICON = 12


@require_safe
@never_cache
def health_check(request):
    """Answer 200 when a message can be stored and read and staff hear of it, else 503. See health.py.

    `?serve` is the question of a balancer: may visitors be sent to this process? The machine itself gets the
    reasons, the world one word.
    """
    if "serve" in request.GET:
        return _one_word(health.can_serve())
    state = health.state()
    if not health.is_asked_by_this_machine(request):
        return _one_word(state["ok"])
    return JsonResponse({**state, "version": release.version()}, status=200 if state["ok"] else 503)


def _one_word(is_well):
    return HttpResponse("ok\n" if is_well else "failing\n", "text/plain", status=200 if is_well else 503)


@require_safe
def robots(request):
    """Ask search engines to leave the admin, previews and the form's answers alone."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /preview/"]
    lines += [f"Disallow: {path}" for path in _in_each_language("intake:message_sent")]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return for_everyone(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


def _in_each_language(name):
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            yield reverse(name)


@require_safe
def sitemap(request):
    """List every live page with its last change, and the form."""
    parts = {"pages": PageSitemap, "form": OtherSitemap("intake:send_message")}
    return for_everyone(sitemaps.sitemap(request, parts))


@require_safe
def web_manifest(request):
    """Name, colors and icons for a phone that puts the site on its home screen."""
    known = site_facts.at_hand()
    svg = {"src": static("img/icon.svg"), "type": "image/svg+xml", "sizes": "any"}
    icons = [] if known.site.logo else [svg]
    for size in (192, 512):
        address = brand_pictures.address(f"icon-{size}", known.site, known.clinic)
        icon = {"src": address, "type": "image/png", "sizes": f"{size}x{size}"}
        icons += [icon, icon | {"purpose": "maskable"}]
    manifest = {
        "name": known.clinic.name,
        "short_name": _short(known.clinic.name),
        "start_url": "/",
        "display": "browser",
        "theme_color": known.site.colors.deep,
        "background_color": "#fffdf9",
        "icons": icons,
    }
    return for_everyone(JsonResponse(manifest, content_type="application/manifest+json"))


def _short(name):
    """Return `name` as it fits below an icon: its first letters when it is long."""
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return name if len(name) <= MOST_LETTERS_BELOW_AN_ICON or len(letters) < 2 else letters


@require_safe
def icon(request, size):
    """Lead phones and programs that ask for an icon by its usual name to ours: no page has to name it."""
    known = site_facts.at_hand()
    return redirect(brand_pictures.address(f"icon-{size}", known.site, known.clinic))


def bad_request(request, exception):
    """Say in words that what somebody sent is too much or damaged; under a foreign name only that."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return render(request, "413.html", status=413)
    if isinstance(exception, DisallowedHost):
        return HttpResponseBadRequest("This address is wrong.\n", content_type="text/plain")
    return render(request, "400.html", status=400)


def refused(request, exception):
    """Say that an address is not open to whoever asks; to staff who are signed in, in words for staff."""
    if not request.path.startswith("/admin/") or not admin.site.has_permission(request):
        return defaults.permission_denied(request, exception)
    roles = ", ".join(request.user.groups.values_list("name", flat=True))
    context = {**admin.site.each_context(request), "title": "Your role may not do this", "roles": roles}
    return render(request, "admin/refused.html", context, status=403)


def method_not_taken(request):
    """Answer a method that the address does not take: 404 where nothing is, else 405, both in words."""
    view, args, kwargs = request.resolver_match
    asked = copy(request)
    asked.method = "GET"
    try:
        view(asked, *args, **kwargs)
    except Http404 as error:
        return defaults.page_not_found(request, error)
    response = render(request, "405.html", status=405)
    response["Allow"] = "GET, HEAD"
    return response


def server_error(request):
    """Answer an unexpected error with the crisis lines; needs no database."""
    is_outage = isinstance(sys.exc_info()[1], DatabaseFailure)
    known = site_facts.last_known()
    html = render_to_string("500.html", {"clinic": known.clinic, "site": known.site})
    response = HttpResponse(html, status=503 if is_outage else 500)
    response["Cache-Control"] = "no-store"
    if is_outage:
        response["Retry-After"] = "30"
    return response
