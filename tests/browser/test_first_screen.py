"""What to do in an overdose is in the first screen: of phones, in three fonts, at 200 %."""

import os

import pytest

from tests.browser import fonts, layout
from tests.browser.states import _django_db_helper  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
WIDER = """[...document.querySelectorAll('body *:not(svg *)')].filter((element) =>
  element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.outerHTML.slice(0, 80))"""
STRIP_PARTS = "[...document.querySelectorAll('.strip__pair, .leave')]"
# Phone numbers and addresses that are wider than a small screen, and the switch of language.
LONG_WORDS = [
    *("/es/sobredosis/", "/es/", "/es/contacto/", "/es/buscar/", "/es/ayudar-a-alguien/", "/es/tratamiento/"),
    *("/treatment/", "/contact/", "/privacy/", "/using-this-site-safely/"),
]
SIZES = [(360, 640), (320, 568), (375, 553), (844, 390), (640, 360)]
STEPS = ("Try to wake them", "Call 911")
SPANISH_STEPS = ("Trate de despertar a la persona", "Llame al 911")
FAMILIES = {"narrow": "Liberation Sans Narrow", "usual": "Liberation Sans", "wide": "DejaVu Sans"}


def open_browser(browser_type, launch_args, font, *more):
    environment = os.environ | {"FONTCONFIG_FILE": fonts.configuration(font)}
    return browser_type.launch(**launch_args | {"env": environment, "args": [*launch_args["args"], *more]})


@pytest.fixture(scope="module", params=fonts.SETS)
def font(request):
    return request.param


@pytest.fixture(scope="module")
def usual_text(font, browser_type, browser_type_launch_args):
    with open_browser(browser_type, browser_type_launch_args, font) as browser:
        yield browser


@pytest.fixture(scope="module")
def large_text(font, browser_type, browser_type_launch_args):
    """A browser whose settings say that text is twice as large."""
    large = "--blink-settings=defaultFontSize=32"
    with open_browser(browser_type, browser_type_launch_args, font, large) as browser:
        yield browser


def open_steps(browser, site, width, height, path="/overdose-help/"):
    page = browser.new_page(base_url=site, viewport={"width": width, "height": height})
    page.goto(path)
    return page


def below_the_first_screen(page, step_parts, steps=STEPS):
    """Return what of the call button and the `step_parts` of the first two `steps` is not wholly seen."""
    parts = [page.locator(".call-now a")]
    parts += [page.locator(f"ol.steps {step_parts}", has_text=step).first for step in steps]
    boxes = {part.inner_text(): part.bounding_box() for part in parts}
    height = page.viewport_size["height"]
    return {words: box for words, box in boxes.items() if box["y"] < 0 or box["y"] + box["height"] > height}


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_first_steps_are_in_the_first_screen(usual_text, lasting_site, size):
    page = open_steps(usual_text, lasting_site, *size)
    assert below_the_first_screen(page, "li") == {}


def test_what_to_do_first_is_in_the_first_screen_with_text_twice_as_large(large_text, lasting_site):
    page = open_steps(large_text, lasting_site, 360, 640)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert below_the_first_screen(page, "strong") == {}
    assert page.evaluate(WIDER) == [], "one has to scroll sideways"


@pytest.mark.parametrize("size", [(360, 640), (320, 568)], ids=str)
def test_spanish_says_in_the_first_screen_what_to_do_first(usual_text, lasting_site, size):
    page = open_steps(usual_text, lasting_site, *size, path="/es/sobredosis/")
    assert below_the_first_screen(page, "strong", SPANISH_STEPS) == {}


@pytest.mark.parametrize("path", ["/", "/es/"])
def test_the_first_choice_is_in_the_first_screen_of_home_with_text_twice_as_large(
    large_text, lasting_site, path
):
    page = open_steps(large_text, lasting_site, 360, 640, path=path)
    two_lines = 2 * 1.25 * 36
    assert page.locator(".sea .way b").first.bounding_box()["y"] + two_lines <= 640


def test_text_twice_as_large_does_not_scroll_sideways(large_text, lasting_site):
    page = open_steps(large_text, lasting_site, 320, 568, path="/es/sobredosis/")
    for path in LONG_WORDS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.parametrize("path", ["/", "/es/contacto/", "/es/sobredosis/"])
def test_help_and_menu_stand_in_one_row_each(usual_text, lasting_site, path):
    page = open_steps(usual_text, lasting_site, 390, 844, path=path)
    for width in (390, 360, 320):
        page.set_viewport_size({"width": width, "height": 844})
        boxes = page.evaluate(f"{STRIP_PARTS}.map((each) => each.getBoundingClientRect())")
        assert len({box["y"] for box in boxes}) == 1, width
        assert all(box["right"] <= width for box in boxes)
        assert page.locator(".header").bounding_box()["height"] < 70, width
        assert width < 360 or page.locator(".strip").bounding_box()["height"] < 60, "a part takes two lines"


@pytest.mark.parametrize("path", ["/", "/es/"])
def test_three_choices_begin_in_the_first_screen_of_home(usual_text, lasting_site, path):
    page = open_steps(usual_text, lasting_site, 390, 844, path=path)
    assert page.locator(".sea .way").nth(2).bounding_box()["y"] < 844
    page.set_viewport_size({"width": 640, "height": 360})
    assert page.locator(".sea .way").first.bounding_box()["y"] < 360


def test_no_word_breaks_in_the_curve_or_on_a_card(usual_text, lasting_site):
    page = open_steps(usual_text, lasting_site, 320, 568, path="/")
    for path in ("/", "/es/", "/withdrawal/", "/es/abstinencia/"):
        page.goto(path)
        assert layout.broken_words(page, ".sea .way, .curve a") == [], path


def test_browsers_see_the_fonts_of_the_tests_alone(font, usual_text, lasting_site):
    """Or the tests above would depend on the machine."""
    page = open_steps(usual_text, lasting_site, 360, 640)
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    step = tools.send("DOM.querySelector", {"nodeId": root, "selector": ".steps__command"})["nodeId"]
    [used] = tools.send("CSS.getPlatformFontsForNode", {"nodeId": step})["fonts"]
    assert used["familyName"] == FAMILIES[font]
