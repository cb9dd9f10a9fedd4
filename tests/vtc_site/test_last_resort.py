"""A process whose code is broken answers in words; nginx then asks another one, and no message is refused."""

import pytest

from tests.support.wsgi import ask
from vtc_site.last_resort import Broken, LastResort

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/contact/", "load this page again"),
        ("/es/contacto/", "vuelva a cargar esta página"),
        ("", "load this"),
    ],
)
def test_what_not_even_django_can_answer_gets_the_page_for_outages(path, words, caplog):
    reply = ask(LastResort(Broken(SyntaxError("canary"))), path, "POST")
    assert reply.status == 502 and words in reply.text and 'href="tel:988"' in reply.text
    assert reply.headers["cache-control"] == "no-store"
    assert "is its code whole? SyntaxError" in caplog.text and "canary" not in caplog.text


def test_an_answer_passes_as_it_is():
    def application(environ, start_response):
        start_response("303 See Other", [("Location", "/contact/sent/")])
        return [b""]

    assert ask(LastResort(application), "/contact/").status == 303
