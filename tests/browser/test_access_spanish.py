"""Every Spanish answer that has words of its own beside the pages: axe, and nothing wider than a small phone.

The pages themselves, and all of this in English, are in test_access.py.
"""

import pytest
from django.conf import settings

from intake.models import IntakeSettings, Submission
from tests.browser.axe import contrast_violations, strict_violations
from tests.browser.states import FAILURES, _django_db_helper  # noqa: F401 - a fixture
from tests.support.messages import stored_message

pytestmark = pytest.mark.browser
SMALLEST = {"width": 320, "height": 640}
FAILED = [  # what each of FAILURES says
    "Esta página no está aquí.",
    "No puede abrir esta página.",
    "Es demasiado de una vez.",
    "Algo falló de nuestro lado.",
    "Algo falló de nuestro lado.",
]
STATUS, DELETE = "/es/contacto/estado/", "/es/contacto/borrar/"


def fill(page, path, **fields):
    """Send the form at `path` with `fields`; a field that is True is ticked."""
    page.goto(path)
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]")
        field.check() if value is True else field.fill(value)
    with page.expect_navigation():
        page.evaluate("document.querySelector('main form').submit()")


def two(message):
    return {"reference": message.reference, "contact": "0123"}


def walk_through(page):
    """Bring `page` to one answer after another; yield words that stand on it."""
    for path, words in zip(FAILURES, FAILED, strict=True):
        page.goto(f"/es{path}")
        yield words
    fill(page, "/es/buscar/", words="qqqq zzzz")
    yield "No encontramos nada sobre eso."
    kept, message = (stored_message(phone="714 555 0123", message=words) for words in ("Uno", "Otro"))
    Submission.objects.filter(reference=kept.reference).update(is_on_hold=True)
    fill(page, STATUS, reference="x")
    yield "Todavía no funcionó"
    fill(page, STATUS, **two(message))
    yield "recibido"
    page.goto(DELETE)
    yield "Todavía no podemos borrar"
    IntakeSettings.objects.update_or_create(defaults={"can_delete": True})
    fill(page, DELETE, reference="x")
    yield "Todavía no funcionó"
    fill(page, DELETE, **two(kept), is_sure=True)
    yield "Su mensaje no se borró."
    fill(page, DELETE, **two(message), is_sure=True)
    yield "Su mensaje está borrado."
    fill(page, "/es/contacto/anadir/", reference="x")
    yield "Todavía no funcionó"
    for name, words in {"unavailable": "Nuestro sitio descansa", "refused": "Eso no se pudo enviar"}.items():
        page.goto(f"file://{settings.BASE_DIR}/docs/deploy/{name}.es.html")
        yield words


def test_everyone_can_read_every_spanish_answer(reader):
    reader.emulate_media(color_scheme="light", forced_colors="none")
    reader.set_viewport_size(SMALLEST)
    faults = {}
    for state in walk_through(reader):
        assert reader.locator("html[lang|=es] main").get_by_text(state).first.is_visible()
        wide = reader.evaluate("document.documentElement.scrollWidth > innerWidth")
        found = strict_violations(reader) + contrast_violations(reader) + ["scrolls sideways"] * wide
        faults |= {state: found} if found else {}
    assert faults == {}
