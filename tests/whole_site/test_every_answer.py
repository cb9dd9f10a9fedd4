"""What holds for every public answer: headers, no cookie, no other host, one heading, the crisis lines."""

import re

import pytest

from content import starter

pytestmark = pytest.mark.once

PATHS = [data["path"] for data in starter.page_files()] + ["/contact/", "/no-such-page/"]
CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


@pytest.fixture(params=PATHS)
def answer(request, starting_answers):
    return starting_answers[request.param]


def test_carries_the_security_headers(answer):
    assert set(answer["Content-Security-Policy"].split("; ")) == CSP
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_sets_no_cookie_and_varies_by_none(answer):
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_loads_nothing_from_another_host(answer):
    html = answer.content.decode()
    loaded = re.findall(r'<(?:link|script|img|iframe|source|use)\b[^>]*\b(?:href|src|srcset)="([^"]+)"', html)
    assert [url for url in loaded if "//" in url and not url.startswith("http://testserver/")] == []
    assert " style=" not in html
    assert "<style" not in html


def test_has_the_crisis_lines_and_one_heading(answer):
    html = answer.content.decode()
    assert 'href="tel:911"' in html
    assert 'href="tel:988"' in html
    steps = ('href="/overdose-help/"', 'href="/es/sobredosis/"', "<h1>Overdose: what", "<h1>Sobredosis: qué")
    assert any(each in html for each in steps)
    assert len(re.findall(r"<h1\b", html)) == 1
    assert re.search('<html lang="e[ns]-US"', html)


def test_robots_and_sitemap_name_every_page(starting_answers):
    assert "Sitemap: http://testserver/sitemap.xml" in starting_answers["/robots.txt"].content.decode()
    sitemap = starting_answers["/sitemap.xml"].content.decode()
    assert all(f"<loc>http://testserver{data['path']}</loc>" in sitemap for data in starter.page_files())


def test_an_unexpected_error_shows_the_crisis_lines(client, monkeypatch):
    def broken(*args):
        raise RuntimeError("the canary sings")

    monkeypatch.setattr("content.visitors.views.page_context", broken)
    monkeypatch.setattr("content.visitors.views.Version.objects", None)
    client.raise_request_exception = False
    response = client.get("/signs/")
    html = response.content.decode()
    assert response.status_code == 500
    assert 'href="tel:911"' in html
    assert "canary" not in html


def test_pages_keep_the_crisis_bar_when_facts_cannot_be_read(client, monkeypatch, db):
    from django.db import OperationalError

    from content.models import Helpline

    def down(*args, **kwargs):
        raise OperationalError("down")

    monkeypatch.setattr(Helpline.objects, "all", down)
    assert 'href="tel:988"' in client.get("/no-such-page/").content.decode()
