"""The first visit, a page with its stylesheet as served, fits into the 14 KB that a server sends at once."""

import re
from pathlib import Path

import brotli
import pytest
from django.core.management import call_command
from django.template.loader import render_to_string

from content import starter
from content.models import PageSettings
from tests.support.messages import filled_in
from tests.support.wsgi import ask
from vtc_site.cached_response import FinishedAnswer

pytestmark = pytest.mark.once

MOST_BYTES = 14 * 1024  # 10 packets, what a new connection carries before the first answer of the browser
PATHS = [data["path"] for data in starter.page_files()] + ["/contact/", "/search/", "/es/buscar/"]


@pytest.fixture(scope="module")
def collected(tmp_path_factory, django_db_blocker):
    """Static files as `collectstatic` makes them for production."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture
def production(settings, collected, unchanged_pages):
    """The site with hashed, compressed static files."""
    backend = {"BACKEND": "vtc_site.static_storage.FlatManifestStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": backend}
    settings.STATIC_ROOT = collected
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    if not (collected / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)


def stylesheet(html):
    return re.search(
        r'<link rel="stylesheet" href="(/static/css/(?:site|message)\.[0-9a-f]{12}\.css)">', html
    )[1]


def test_every_page_and_its_stylesheet_fit_into_the_first_packets(production, client, collected):
    sizes = {path: size_of(client, collected, path) for path in PATHS}
    assert {path: size for path, size in sizes.items() if size > MOST_BYTES} == {}


def size_of(client, collected, path):
    """Return the bytes of the page at `path` with its stylesheet."""
    html = client.get(path).content
    page = ask(FinishedAnswer([], html).answer, path, accept_encoding="br").body
    css = Path(collected, stylesheet(html.decode()).removeprefix("/static/") + ".br").read_bytes()
    return len(page) + len(css)


def test_the_question_whether_a_page_helped_fits_into_the_longest_pages_too(production, client, collected):
    PageSettings.objects.create(asks_if_helpful=True)
    for path in ("/treatment/", "/es/tratamiento/", "/es/sobredosis/", "/treatment/helpful/"):
        assert size_of(client, collected, path) <= MOST_BYTES, path


@pytest.mark.parametrize("message", ["I would like to talk.", "I want to kill myself"])
def test_the_page_after_sending_and_its_stylesheet_fit_too(production, client, collected, message):
    html = client.post("/contact/", filled_in(message=message, in_california="no"), follow=True).content
    page = ask(FinishedAnswer([], html).answer, "/contact/sent/", accept_encoding="br").body
    css = Path(collected, stylesheet(html.decode()).removeprefix("/static/") + ".br").read_bytes()
    assert len(page) + len(css) <= MOST_BYTES


def test_a_page_fits_into_the_first_packets_of_old_browsers_that_know_only_gzip(unchanged_pages, client):
    replies = {
        path: ask(FinishedAnswer([], client.get(path).content).answer, path, accept_encoding="gzip")
        for path in PATHS
    }
    assert {path: len(reply.body) for path, reply in replies.items() if len(reply.body) > MOST_BYTES} == {}


def test_a_page_needs_nothing_but_its_stylesheet_to_be_read(production, client):
    for path in PATHS:
        html = client.get(path).content.decode()
        sheets = re.findall(r'<link rel="stylesheet"[^>]*>', html)
        assert [sheet for sheet in sheets if 'media="print"' not in sheet] == [
            f'<link rel="stylesheet" href="{stylesheet(html)}">'
        ]
        assert all("defer" in script for script in re.findall(r"<script [^>]*src=[^>]*>", html))


def test_the_stylesheet_is_one_file_kept_for_ever(production, client, collected):
    url = stylesheet(client.get("/").content.decode())
    answer = client.get(url, headers={"Accept-Encoding": "br"})
    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Encoding"] == "br"
    css = brotli.decompress(b"".join(answer.streaming_content)).decode()
    assert "@import" not in css


def test_the_pages_for_failures_find_their_stylesheet_and_icon(production, client, collected):
    pages = [render_to_string(name) for name in ("500.html", "intake/not_sent.html")]
    named = {path for html in pages for path in re.findall(r'(?:href|src)="/static/([^"]+)"', html)}
    assert {"css/site.css", "css/message.css", "img/icon.svg"} <= named
    assert [path for path in named if not Path(collected, path).exists()] == []
