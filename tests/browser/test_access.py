"""Everyone can use every page and every state of the form: axe, large text, keyboard, names, no styles.

The accessibility page (content/starter/pages/accessibility.toml) says what is tested here: keep it true.
"""

from itertools import pairwise

import pytest

from tests.browser import layout
from tests.browser.axe import contrast_violations, strict_violations
from tests.browser.states import (
    OF_EACH_KIND,
    PATHS,
    STATES,
    _django_db_helper,  # noqa: F401 - a fixture
    said,
    split,
    walk,
)

pytestmark = pytest.mark.browser
ZOOMED = {"width": 320, "height": 256}  # a screen of 1280 by 1024 at 400 %
PHONE = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
# Arrows and ticks are drawn by CSS: they leave axe unsure of what is behind the text.
NO_DRAWN_LINES = (
    ".way::after, .doors a::after, .marks li::before, .strip a::after { content: none !important }"
)


@pytest.fixture(autouse=True)
def plain_screen(reader):
    reader.emulate_media(color_scheme="light", forced_colors="none")
    reader.set_viewport_size(DESKTOP)


@pytest.mark.parametrize("state", walk(STATES))
def test_everyone_can_read_it(reader, state):
    STATES[state](page=reader)
    found = {"desktop": strict_violations(reader) + layout.lost_text(reader)}
    zoom(reader)
    found["400 %, spaced out"] = strict_violations(reader) + layout.lost_text(reader)
    found["contrast"] = contrast_violations(reader)
    found["moves"] = reader.evaluate("document.getAnimations().map((each) => each.id)")
    assert {way: lines for way, lines in found.items() if lines} == {}


def zoom(reader):
    reader.set_viewport_size(ZOOMED)
    layout.unfold(reader)
    layout.add_style(reader, layout.TEXT_SPACING + NO_DRAWN_LINES)


# Between them these show every color: dark ones are those of the palette, which test_palettes.py measures.
COLORFUL = [
    *OF_EACH_KIND,
    "/fails/500/",
    "nothing filled in",
    "sent, words of danger",
    "not stored",
    "no answer",
]


@pytest.mark.parametrize("state", walk(STATES, COLORFUL))
def test_everyone_can_read_it_in_dark_and_in_forced_colors(reader, state):
    STATES[state](page=reader)
    zoom(reader)
    found = {}
    for colors in ({"color_scheme": "dark"}, {"forced_colors": "active"}):
        reader.emulate_media(**colors)
        found[str(colors)] = contrast_violations(reader)
    assert {way: lines for way, lines in found.items() if lines} == {}


def tab_until(page, matches, key="Tab", most=200):
    """Press Tab until what has the focus satisfies `matches`; return what could not be seen on the way."""
    unseen = []
    for _ in range(most):
        page.keyboard.press(key)
        here = layout.focus(page)
        if here and not (here["hasRing"] and here["isInView"]):
            unseen.append(here)
        if here is None or matches(here):
            return unseen
    raise AssertionError(f"After {most} times {key} still not there, but at {here}")


def test_a_whole_visit_by_keyboard_always_shows_the_focus(reader):
    reader.set_viewport_size(PHONE)
    reader.goto("/")
    unseen = tab_until(reader, lambda here: here["address"] == "/withdrawal/")
    with reader.expect_navigation():
        reader.keyboard.press("Enter")
    assert reader.url.endswith("/withdrawal/")
    unseen += tab_until(reader, lambda here: here["address"] == "/contact/?reason=treatment")
    with reader.expect_navigation():
        reader.keyboard.press("Enter")
    unseen += tab_until(reader, lambda here: here["name"] == "Phone call")
    reader.keyboard.press("Space")
    unseen += tab_until(reader, lambda here: here["name"] == "Phone number")
    reader.keyboard.type("714 555 0123")
    unseen += tab_until(reader, lambda here: here["name"] == "Send message")
    with reader.expect_navigation():
        reader.keyboard.press("Enter")
    assert reader.get_by_role("heading", name="Thank you. We have your message.").is_visible()
    assert unseen == []


def test_the_call_button_that_stays_never_covers_the_focus(reader):
    reader.set_viewport_size(ZOOMED)
    reader.goto("/overdose-help/")
    unseen = tab_until(reader, lambda here: here["name"] == "Accessibility")
    unseen += tab_until(reader, lambda here: here["name"] == "Skip to the main content", key="Shift+Tab")
    assert unseen == []


def test_an_error_takes_the_focus_and_leads_to_its_field(reader):
    STATES["nothing filled in"](page=reader)
    assert reader.title().startswith("Error: ")
    assert "Your message isn’t sent yet" in layout.focus(reader)["name"]
    tab_until(reader, lambda here: here["address"] == "#id_reply_by_0")
    reader.keyboard.press("Enter")
    assert layout.focus(reader)["name"] == "Phone call"
    reader.keyboard.press("Space")
    assert reader.get_by_label("Phone number", exact=True).is_visible()


SPOKEN = {
    "button",
    "checkbox",
    "combobox",
    "img",
    "link",
    "navigation",
    "radio",
    "region",
    "textbox",
    "complementary",
}


def tree(page):
    """Return what a screen reader gets: role, name and properties of each node, in the order of reading."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()

    def read(node):
        if not node["ignored"]:
            properties = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
            yield {
                "role": node["role"]["value"],
                "name": node.get("name", {}).get("value", "").strip(),
                **properties,
            }
        for child in node.get("childIds", []):
            yield from read(nodes[child]) if child in nodes else ()

    return list(read(next(iter(nodes.values()))))


def structure_faults(nodes):
    roles = [node["role"] for node in nodes]
    levels = [node["level"] for node in nodes if node["role"] == "heading"]
    names = [node["name"] for node in nodes if node["role"] == "navigation"]
    faults = [
        f"{role} × {roles.count(role)}"
        for role in ("main", "banner", "contentinfo")
        if roles.count(role) != 1
    ]
    faults += [f"no name: {node}" for node in nodes if node["role"] in SPOKEN and not node["name"]]
    faults += [f"{name} twice" for name in names if names.count(name) > 1]
    if levels.count(1) != 1 or levels[0] > 2 or any(after > before + 1 for before, after in pairwise(levels)):
        faults.append(f"headings {levels}")
    return faults


@pytest.mark.parametrize("paths", split(PATHS))
def test_a_screen_reader_hears_landmarks_names_and_headings_in_order(reader, paths):
    faults = {}
    for state in [*paths, "/no-such-page/", "/fails/500/", "nothing filled in", "sent"]:
        STATES[state](page=reader)
        if found := structure_faults(tree(reader)):
            faults[state] = found
    assert faults == {}


def test_a_screen_reader_hears_the_overdose_steps_first(reader):
    reader.goto("/overdose-help/")
    heard = [node["name"] for node in tree(reader) if node["role"] in ("heading", "link", "StaticText")]
    text = " ".join(heard[heard.index("Overdose: what to do now") :])
    order = ["Call 911 now", "Try to wake them", "Give naloxone", "Stay with them", "What are the signs"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert text.index("Try to wake them") < 200


def test_the_words_of_a_field_are_heard_with_it(reader):
    reader.goto("/contact/")
    reader.get_by_label("Phone call").check()
    reader.get_by_role("button", name="Send message").click()
    reader.locator(".error-summary:visible").wait_for()
    phone = reader.get_by_label("Phone number", exact=True)
    described = phone.get_attribute("aria-describedby").split()
    words = " ".join(reader.locator(f"#{part}").inner_text() for part in described)
    assert "With area code." in words
    assert "Enter a phone number" in words
    assert phone.get_attribute("aria-invalid") == "true"


WITHOUT_STYLES = (
    "document.querySelectorAll('link[rel=stylesheet]').forEach((each) => { each.disabled = true; })"
)


@pytest.mark.parametrize("path", walk(PATHS))
def test_it_reads_in_order_without_styles(reader, path):
    reader.goto(path)
    reader.evaluate(WITHOUT_STYLES)
    text = reader.locator("body").inner_text()
    heading = reader.locator("h1").inner_text()
    before, after = ("Skip to the main content", "Call 911"), "People you can call or text, day and night"
    words = [*(said(each, path) for each in before), heading, said(after, path)]
    order = [text.index(each) for each in words]
    assert order == sorted(order)
    assert not reader.get_by_label("Leave this empty").is_visible()
    if reader.locator("#message-form").count():
        assert text.index("No one watches this form") < text.index("Your name") < text.rindex("Send message")


def test_the_overdose_steps_come_first_and_numbered_without_styles(reader):
    reader.goto("/overdose-help/")
    reader.evaluate(WITHOUT_STYLES)
    text = reader.locator("main").inner_text()
    assert text.index("Call 911 now") < text.index("Try to wake them") < 300
    assert (
        reader.locator("ol.steps").first.evaluate("list => getComputedStyle(list).listStyleType") == "decimal"
    )
