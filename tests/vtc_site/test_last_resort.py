"""A process whose code is broken answers in words; nginx then asks another one, and no message is refused."""

import subprocess
import sys

import pytest
from django.conf import settings

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


def test_a_process_loads_every_view_before_it_answers():
    """What is loaded at the first request may be the code of a pull that came in between."""
    code = "import sys, vtc_site.wsgi; sys.exit('intake.receiving.views' not in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR).returncode == 0


def test_an_answer_passes_as_it_is():
    def application(environ, start_response):
        start_response("303 See Other", [("Location", "/contact/sent/")])
        return [b""]

    assert ask(LastResort(application), "/contact/").status == 303
