"""A search in a browser: no script needed, and Back from a hit shows the results again."""

from contextlib import closing

import pytest

from tests.browser.states import _django_db_helper  # noqa: F401 - a fixture
from tests.browser.test_engines import DRILL, OTHERS, chromium, firefox, see, webkit  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser


SEARCHES = {
    "english": ("/search/", "methodone", "What we found", "How is heroin addiction treated?"),
    "spanish": ("/es/buscar/", "metadonna", "Lo que encontramos", "¿Cómo se trata la adicción a la heroína?"),
}


@pytest.mark.parametrize("language", SEARCHES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("engine", ["chromium", *(pytest.param(name, marks=DRILL) for name in OTHERS)])
def test_back_from_a_hit_shows_the_results_again(engine, scripts, language, lasting_site, request):
    address, words, found, page = SEARCHES[language]
    with closing(request.getfixturevalue(engine)(scripts)) as visitor:
        visitor.go(lasting_site + address)
        visitor.fill("#words", words)
        visitor.click(".search .button")
        see(visitor, "h1", found)
        hit = visitor.text(".found a")
        visitor.click(".found a")
        see(visitor, "h1", page)
        visitor.back()
        see(visitor, "h1", found)
        assert visitor.text(".found a") == hit
        assert visitor.cookies() == []
