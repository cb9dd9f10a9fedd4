"""Links that say their language, and links that show as buttons."""

import pytest

from content import publishing
from content.models import Callout, Source
from content.rendering.page import RenderedPage
from content.rendering.tokens import InlineText
from tests.support.pages import make_page

pytestmark = pytest.mark.once


def test_a_link_to_a_spanish_page_says_its_language():
    html = InlineText({}, {}).rich('<p><a href="https://a.org/es/x">Qué</a> <a href="/signs/">signs</a></p>')
    assert '<a lang="es" href="https://a.org/es/x">' in html
    assert '<a href="/signs/">' in html


@pytest.mark.parametrize(("url", "language"), [("https://a.org/es/x", "es"), ("https://a.org/espresso", "")])
def test_a_source_knows_the_language_of_its_address(url, language):
    assert Source(url=url).language == language


def test_a_spanish_title_is_marked_in_the_list_of_sources(starting_pages, client):
    html = client.get("/overdose-help/").content.decode()
    assert 'href="https://wafriendsforlife.com/es/node/5" lang="es"' in html


def test_a_link_alone_in_its_paragraph_shows_as_a_button_in_a_colored_box(db):
    page = make_page(path="/new/")
    body = '<p>See <a href="/a/">a</a>.</p><p><a href="/b/">Find care</a></p>'
    Callout.objects.create(parent=page, heading="Today", level="warning", body=body, ordering=10)
    rendered = RenderedPage(publishing.record(page).snapshot, sources={}, helplines={})
    html = rendered.blocks[0]["callouts"][0]["body"]
    assert '<p class="buttons"><a class="button button--quiet" href="/b/">Find care</a></p>' in html
    assert '<a href="/a/">a</a>' in html


def test_treatment_opens_with_three_doors_to_medicine_tonight(starting_pages, client):
    for path in ("/treatment/", "/es/tratamiento/"):
        doors, _, rest = client.get(path).content.decode().partition("<table")
        assert doors.count('class="callout callout--door"') == 3 and "callout--door" not in rest
        assert doors.count('class="button button--quiet"') == 2
