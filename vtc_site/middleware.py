"""Headers and addresses that hold for every answer, static files and errors included."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from content.models import languages
from vtc_site import views

HEALTH_PATHS = ("/healthz/", "/healthz")  # monitors follow no redirect to the slash


class ResourcePolicyMiddleware:
    """Keep other sites from embedding anything of ours, and keep the body of a redirected POST.

    A 301 makes browsers repeat a POST as GET without its body; a 308 keeps both (RFC 9110, 15.4.9).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.method not in ("GET", "HEAD") and response.status_code == 301:
            response.status_code = 308
        return response


class HealthMiddleware:
    """Answer monitors and balancers under whatever name they know, before any host is checked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info in HEALTH_PATHS:
            return views.health_check(request)
        return self.get_response(request)


class CanonicalAddressMiddleware:
    """Send every request under http or another allowed host to SITE_URL, when that is https."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.host = urlsplit(settings.SITE_URL).netloc

    def __call__(self, request):
        if settings.IS_HTTPS and not self._is_canonical(request):
            response = HttpResponse(status=308 if request.method not in ("GET", "HEAD") else 301)
            response.headers["Location"] = settings.SITE_URL + request.get_full_path()
            return response
        return self.get_response(request)

    def _is_canonical(self, request):
        return request.is_secure() and _without_usual_port(request.get_host()) == self.host


def _without_usual_port(host):
    """Some proxies add the port to the name, and a program may write it in capitals: it is the same host."""
    return host.lower().removesuffix(":443")


class EncodingMiddleware:
    """Read each form as UTF-8, whatever its Content-Type says: Django has no page for another charset."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.encoding:
            request.encoding = settings.DEFAULT_CHARSET
        return self.get_response(request)


class MethodMiddleware:
    """Give people a page of ours where Django refuses a method with an empty answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            context = {"takes_forms": "POST" in response["Allow"]}
            page = render(request, "405.html", context, status=405)
            page["Allow"] = response["Allow"]
            return page
        return response


class LanguageMiddleware:
    """Answer in the language of the address, and in no other: `Accept-Language` is never looked at."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with translation.override(languages.of_path(request.path)):
            return self.get_response(request)
