"""What to do in an overdose is one tap away from everywhere, in the first screen of a small phone."""

import pytest

from tests.browser.states import LOOKS, STATES, _django_db_helper, said, walk  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 640}


@pytest.fixture(autouse=True)
def small_phone(reader):
    reader.set_viewport_size(PHONE)
    reader.emulate_media(media="screen")


def is_in_first_screen(link):
    box = link.bounding_box()
    return box is not None and box["x"] >= 0 and box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"]


@pytest.mark.parametrize("state", walk(STATES, LOOKS))  # test_every_answer.py looks for the links
def test_the_steps_and_both_lines_are_one_tap_away(reader, state):
    STATES[state](page=reader)
    reader.evaluate("window.scrollTo(0, 0)")  # an error box takes the focus and the screen with it
    for number in ("tel:911", "tel:988", "sms:988"):
        assert is_in_first_screen(reader.locator(f'a[href^="{number}"]:visible').first), number
    steps_path = said("/overdose-help/", state)
    if state == steps_path:
        return  # the steps are here; test_first_screen.py looks at them
    steps = reader.locator(f'a[href="{steps_path}"]:visible').first
    assert is_in_first_screen(steps)
    with reader.expect_navigation():
        steps.click()
    assert reader.locator("h1").inner_text() == said("Overdose: what to do now", state)


def test_the_call_stays_while_one_reads(reader):
    reader.goto("/overdose-help/")
    reader.locator("ol.steps li").nth(6).scroll_into_view_if_needed()
    assert is_in_first_screen(reader.locator('.strip a[href="tel:911"]'))


def test_the_steps_lead_to_the_other_language_first_and_to_the_menu_last(reader):
    reader.goto("/overdose-help/")
    assert is_in_first_screen(reader.locator(".strip a[lang=es]"))
    reader.locator("main ~ .header summary").click()
    assert reader.locator("main ~ .header").get_by_role("link", name="Treatment", exact=True).is_visible()


def test_the_steps_need_no_script(browser, lasting_site):
    context = browser.new_context(base_url=lasting_site, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/withdrawal/")
    with page.expect_navigation():
        page.get_by_role("link", name="Overdose Steps", exact=True).click()
    assert is_in_first_screen(page.get_by_role("link", name="Call 911 now"))
    context.close()
