"""Every kind of answer carries the security headers: files, redirects, refusals and failures included."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings as site_settings
from django.core.wsgi import get_wsgi_application
from django.test import Client

from tests.support.wsgi import ask
from vtc_site.page_cache import PageCache

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
OPEN = ("unsafe-inline", "unsafe-eval", "*", "http:", "https:", "data:")
ANSWERS = [
    ("GET", "/contact/", 200),
    ("POST", "/contact/", 400),  # without a field
    ("GET", "/contact/sent/clear.css", 200),
    ("GET", "/contact/sent/", 404),
    ("PUT", "/contact/", 405),
    ("GET", "/no-such-page/", 404),
    ("GET", "/no-such-page", 301),
    ("GET", "/preview/no-such-link/", 404),
    ("GET", "/static/css/site.css", 200),
    ("GET", "/static/js/site/message-form.js", 200),
    ("GET", "/static/img/icon.svg", 200),
    ("GET", "/static/no-such-file.css", 404),
    ("GET", "/favicon.ico", 302),
    ("GET", "/robots.txt", 200),
    ("GET", "/sitemap.xml", 200),
    ("GET", "/site.webmanifest", 200),
    ("GET", "/healthz/", 200),
    ("GET", "/admin", 301),
    ("POST", "/admin", 308),
    ("GET", "/admin/", 302),
    ("GET", "/admin/login/", 200),
    ("DELETE", "/admin/login/", 405),
    ("POST", "/admin/login/", 403),  # without the token
    ("GET", "/admin/no-such-screen/", 302),
    ("GET", "/fails/403/", 403),
    ("GET", "/fails/500/", 500),
    ("GET", "/fails/database/", 503),
]


def assert_protected(headers):
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert all(part in policy for part in POLICY)
    assert not any(word in policy for word in OPEN)


@pytest.fixture
def visitor(settings, starting_pages):
    settings.ROOT_URLCONF = "tests.browser.urls"
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def test_every_answer_is_protected(visitor):
    wrong = {}
    for method, path, status in ANSWERS:
        answer = visitor.generic(method, path)
        try:
            assert_protected(answer.headers)
            assert answer.status_code == status
        except (AssertionError, KeyError) as error:
            wrong[method, path] = answer.status_code, str(error)
        answer.getvalue()  # closes the file
    assert wrong == {}


def test_a_host_that_is_not_ours_gets_a_protected_refusal(visitor):
    answer = visitor.get("/contact/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert_protected(answer.headers)


@pytest.mark.parametrize(("method", "status"), [("GET", 301), ("POST", 308)])
@pytest.mark.parametrize("is_secure", [False, True])
def test_the_way_to_the_one_address_is_short_and_protected(settings, method, status, is_secure):
    settings.IS_HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SITE_URL, settings.SECURE_SSL_HOST = "https://testserver", "testserver"
    answer = Client().generic(method, "/contact/?a=b", secure=is_secure, headers={"Host": "localhost"})
    assert (answer.status_code, answer["Location"]) == (status, "https://testserver/contact/?a=b")
    assert_protected(answer.headers)


@pytest.mark.parametrize("is_secure", [False, True])
def test_a_monitor_is_answered_under_any_name_that_is_allowed(settings, is_secure):
    settings.IS_HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SITE_URL, settings.SECURE_SSL_HOST = "https://testserver", "testserver"
    answer = Client().get("/healthz/", secure=is_secure, headers={"Host": "localhost"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("asked", "header"),
    [
        ({}, "max-age=86400"),
        ({"HSTS_SECONDS": "604800"}, "max-age=604800"),
        (
            {"HSTS_SECONDS": "63072000", "HSTS_SUBDOMAINS": "True"},
            "max-age=63072000; includeSubDomains; preload",
        ),
    ],
)
def test_https_is_kept_for_as_long_as_the_operator_asks(settings, visitor, asked, header):
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    for name, value in _settings_with(asked, names).items():
        setattr(settings, name, value)
    for path in ("/contact/", "/static/css/site.css", "/no-such-page/", "/fails/500/", "/admin/login/"):
        answer = Client(raise_request_exception=False).get(path, secure=True)
        assert answer["Strict-Transport-Security"] == header, path
        answer.getvalue()  # closes the file


def _settings_with(asked, names):
    """Return what vtc_site.settings makes of `asked` in the environment of an https site."""
    code = "import json; from vtc_site import settings as s; "
    code += f"print(json.dumps({{name: getattr(s, name) for name in {names}}}))"
    environment = os.environ | {"SITE_URL": "https://testserver", "ENV_FILE": os.devnull} | asked
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=site_settings.BASE_DIR, capture_output=True
    )
    return json.loads(done.stdout)


@pytest.mark.django_db(transaction=True)
def test_a_page_from_memory_is_protected(starting_pages):
    cache = PageCache(get_wsgi_application())
    for path in ("/", "/sitemap.xml", "/"):
        reply = ask(cache, path)
        assert reply.status == 200
        assert_protected({name.title().replace("Csp", "CSP"): text for name, text in reply.headers.items()})


def test_a_signed_in_answer_and_a_refused_one_are_protected(visitor, admin_user):
    visitor.force_login(admin_user)
    for path in ("/admin/", "/admin/content/page/", "/admin/no-such-screen/", "/admin/jsi18n/"):
        assert_protected(visitor.get(path).headers)
