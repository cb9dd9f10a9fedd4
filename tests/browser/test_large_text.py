"""With text twice as large no page scrolls sideways, help is whole on the screen, and no number is broken.

Twice as large by the page's own root: the queries of the styles, which ask the browser, do not know of it.
test_first_screen.py asks the same of a browser whose settings say so.
"""

import pytest

from tests.browser import layout
from tests.browser.states import PATHS, _django_db_helper  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
PAGES = [*PATHS, "/es/contacto/", "/no-such-page/", "/es/no-existe/"]
LARGE = "document.documentElement.style.fontSize = '200%'"
ANSWERED = "document.querySelectorAll('[value=call], [value=someone-else]').forEach((each) => each.click())"
TOO_WIDE = "Math.max(document.documentElement.scrollWidth - innerWidth, 0)"
CUT = """[...document.querySelectorAll('.strip a, .strip__word')].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.left < 0 || box.right > innerWidth;
}).map((each) => each.textContent)"""
STAYS = "scrollTo(0, 9999), document.querySelector('.strip').getBoundingClientRect().bottom > 0"


def faults(page, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.evaluate("scrollTo(0, 0)")
    return {
        "wider by": page.evaluate(TOO_WIDE),
        "cut": page.evaluate(CUT),
        "broken": layout.broken_words(page, ".strip a, .lines__ways a, [href^='tel:']"),
        "stays": page.evaluate(STAYS),
    }


def test_every_page_holds_text_twice_as_large(reader):
    wrong = {}
    for path in PAGES:
        reader.goto(path)
        reader.evaluate(LARGE)
        layout.unfold(reader)
        reader.evaluate(ANSWERED)
        for width in (360, 320):
            if found := {name: fault for name, fault in faults(reader, width).items() if fault}:
                wrong[path, width] = found
    assert wrong == {}
